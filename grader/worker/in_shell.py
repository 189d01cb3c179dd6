"""Cells run by IPython's shell in the worker, without a kernel: what is done by default."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from grader.worker.alarm import limited
from grader.worker.outputs import Outputs, Stream
from grader.worker.shell import make_shell

__all__ = ["InShell"]


class InShell:
    """An engine that runs cells; see worker.execution.

    Args:
        folder: where IPython may keep its files.
    """

    def __init__(self, folder: Path) -> None:
        self._shell: Any = make_shell(folder)
        self._loops = [asyncio.new_event_loop()]
        if "matplotlib.pyplot" in sys.modules:
            self._shell.enable_matplotlib("inline")

    @property
    def module(self) -> ModuleType:
        """The notebook's names."""
        module: ModuleType = self._shell.user_module
        return module

    def run(self, source: str, name: str, seconds: float, outputs: Outputs) -> BaseException | None:
        """Run one cell; what ended it early, if anything did."""
        self._shell.compile.name_of_cell = name
        # Blanket: this is the student's code, and what it raises may be raised between two lines
        # of IPython's or asyncio's.
        try:
            with self._showing(outputs), limited(seconds):
                result = self._loops[-1].run_until_complete(self._in_shell(source))
        except BaseException as error:
            self._loops.append(asyncio.new_event_loop())  # the other one is in an unknown state
            return error
        failure: BaseException | None = result.error_before_exec or result.error_in_exec
        return failure

    async def _in_shell(self, source: str) -> Any:
        """As a kernel does it: within a running event loop."""
        problem = None
        try:
            transformed = self._shell.transform_cell(source)
        except Exception:  # e.g. a syntax error that IPython's own tokenizer meets
            transformed, problem = source, sys.exc_info()
        result = None
        try:
            result = await self._shell.run_cell_async(
                source,
                store_history=True,
                transformed_cell=transformed,
                preprocessing_exc_tuple=problem,
            )
        finally:  # as a kernel does: figures are shown here
            self._shell.events.trigger("post_execute")
            self._shell.events.trigger("post_run_cell", result)
        return result

    @contextlib.contextmanager
    def _showing(self, outputs: Outputs) -> Iterator[None]:
        before = sys.stdout, sys.stderr
        self._shell.outputs = outputs
        sys.stdout, sys.stderr = Stream("stdout", outputs), Stream("stderr", outputs)
        try:
            yield
        finally:
            sys.stdout, sys.stderr = before
            self._shell.outputs = None
