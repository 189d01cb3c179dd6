"""Cells run by nbclient, in an ipykernel of this very process: for what IPython alone has not.

    nbclient ── execute_request ──> kernel ── execute_reply, stream, display_data, comm_open … ──┐
        └─────────────────────── two queues: what a socket would carry ─────────────────────────┘

Both are the libraries' own, and so are the messages; no socket is opened, no thread started, and
the filter of system calls stays as it is. All of it is student territory: nothing that nbclient
says here is believed any more than what the cell itself says.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
import os
import sys
import types
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from jupyter_client.session import Session
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from nbformat.notebooknode import from_dict
from traitlets import Any as AnyTrait
from traitlets import Type

from grader.worker.alarm import OutOfTime, limited
from grader.worker.kernel_client import KernelClient
from grader.worker.outputs import Outputs
from grader.worker.refusals import Compiler, Refusing, no_input, refuse, shell_config

__all__ = ["InKernel"]

_LATER_SECONDS = 1.0  # nbclient's own limit stands behind the alarm


class _Shell(Refusing, ZMQInteractiveShell):
    """A kernel's shell, with what is refused here."""

    def init_environment(self) -> None: ...  # colours, which nobody would see


class _Kernel(IPythonKernel):
    """A kernel whose sockets are given to it."""

    shell_class = Type(_Shell)
    compiler_class = Type(Compiler)  # type: ignore[assignment]  # narrower there, for a debugger
    shell_stream = AnyTrait()
    shell_channel_thread = types.SimpleNamespace(parent_thread=None)  # cells are not interrupted
    _supports_kernel_subshells = False

    def raw_input(self, prompt: object = "") -> NoReturn:
        no_input()

    def getpass(self, prompt: object = "", stream: object = None, **options: object) -> NoReturn:
        no_input()


class InKernel:
    """An engine that runs cells; see worker.execution.

    Args:
        folder: where IPython may keep its files.
    """

    def __init__(self, folder: Path) -> None:
        os.environ["IPYTHONDIR"] = str(folder)
        _without_debugger()
        for kind in (_Kernel, _Shell):
            kind.clear_instance()
        self._shell: Any
        self._kernel: Any = _Kernel.instance(
            config=shell_config(),
            session=Session(key=b"", username="student"),
            log=logging.getLogger(__name__),
        )
        self._shell = self._kernel.shell
        refuse(self._shell)
        self._shell.events.register("post_run_cell", self._remember)
        if "matplotlib.pyplot" in sys.modules:
            self._shell.enable_matplotlib("inline")
        self._result: Any = None
        self._loops = [asyncio.new_event_loop()]

    @property
    def module(self) -> ModuleType:
        """The notebook's names."""
        module: ModuleType = self._shell.user_module
        return module

    def run(self, source: str, name: str, seconds: float, outputs: Outputs) -> BaseException | None:
        """Run one cell; what ended it early, if anything did."""
        self._shell.compile.name_of_cell = name
        self._result = None
        notebook = _notebook(source)
        before = sys.stdout, sys.stderr
        # Blanket: this is the student's code, and what it raises may be raised between two lines
        # of IPython's, asyncio's or nbclient's.
        try:
            with limited(seconds):
                error = self._loops[-1].run_until_complete(
                    self._in_kernel(notebook, seconds + _LATER_SECONDS, outputs)
                )
        except BaseException as failure:
            self._loops.append(asyncio.new_event_loop())  # the other one is in an unknown state
            error = failure
        finally:
            sys.stdout, sys.stderr = before
        _take(notebook.cells[0].outputs, outputs)
        if isinstance(error, CellTimeoutError):
            return OutOfTime(f"it took longer than {seconds:.3g} seconds")
        result = self._result
        return error or (result and (result.error_before_exec or result.error_in_exec))

    async def _in_kernel(
        self, notebook: Any, seconds: float, outputs: Outputs
    ) -> BaseException | None:
        driver = NotebookClient(notebook, allow_errors=True, timeout_func=lambda cell: seconds)
        client = KernelClient(self._kernel, outputs)
        driver.kc = client  # type: ignore[assignment]  # as much of one as nbclient asks for
        await driver.async_execute_cell(notebook.cells[0], 0)
        return client.error

    def _remember(self, result: Any) -> None:
        self._result = result


def _without_debugger() -> None:
    """ipykernel starts a debugger where it can import one, which changes how code is traced."""
    if "ipykernel.debugger" not in sys.modules:
        sys.modules["debugpy"] = None  # type: ignore[assignment]  # Python's word for "absent"
        importlib.import_module("ipykernel.debugger")
        del sys.modules["debugpy"]


def _notebook(source: str) -> Any:
    members = {"cell_type": "code", "source": source, "metadata": {}, "outputs": []}
    whole = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [members]}
    return from_dict(whole)  # type: ignore[no-untyped-call]  # nbformat's


def _take(shown: list[Any], outputs: Outputs) -> None:
    """nbclient's outputs of a cell, in our bounds; errors are taken from the cell's result."""
    for output in shown:
        if output.output_type == "stream":
            outputs.write(output.name, output.text)
        elif output.output_type in ("execute_result", "display_data"):
            kind = "result" if output.output_type == "execute_result" else "display"
            outputs.show(kind, output.data)
