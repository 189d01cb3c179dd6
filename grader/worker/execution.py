"""The operation `execute`: a notebook run from top to bottom, one request a code cell.

    files, path, engine          -> {"problem": why it cannot be run, or "",
                                     "cells": [[kind, source, is skipped, is cut]]}
    cell, seconds, output_bytes  -> {"status": "ok|error|timeout",
                                     "outputs": see worker.outputs}

Code cells are counted from 1. A cell that fails, hangs or floods is stopped, and the ones after it
can still be run; the grader ends a worker that does not stop. What has been run stays in
`sys.modules["__main__"]`, where `load` finds the functions.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path, PurePath
from types import ModuleType, TracebackType
from typing import Protocol

from grader.errors import SubmissionError
from grader.observe import describe_exception
from grader.protocol import Value
from grader.worker.alarm import OutOfTime
from grader.worker.cleaning import cut
from grader.worker.notebook import NotebookCell, notebook_cells
from grader.worker.outputs import Outputs

__all__ = ["Execution"]

_SOURCE_BYTES = 64 << 10
_ALL_SOURCE_BYTES = 640 << 10  # they travel in the header of one frame
_MOST_FRAMES = 12
_INLINE = "module://matplotlib_inline.backend_inline"


class _Engine(Protocol):
    """What runs cells, all in one `module`."""

    @property
    def module(self) -> ModuleType: ...

    def run(self, source: str, name: str, seconds: float, outputs: Outputs) -> BaseException | None:
        """Run one cell for at most `seconds`, under the file name `name`; what it shows goes to
        `outputs`, and what ended it early is returned."""
        ...


def _engine(name: str, folder: Path) -> _Engine:
    """IPython, nbclient and ipykernel are imported only by workers that need them."""
    if name == "nbclient":
        from grader.worker.in_kernel import InKernel

        return InKernel(folder)
    from grader.worker.in_shell import InShell

    return InShell(folder)


class Execution:
    """One notebook in one worker.

    Args:
        path: of the notebook, below `work`.
        data: its file.
        work: the folder of the submission, already written.
        engine: "ipython" or "nbclient".
    """

    def __init__(self, path: str, data: bytes, work: Path, engine: str = "ipython") -> None:
        self.path = path
        self.problem = ""
        self._root = str(work)
        self._cells: Sequence[NotebookCell] = ()
        try:
            self._cells = notebook_cells(data)
        except SubmissionError as error:
            self.problem = str(error)
            return
        self._codes = [cell.source for cell in self._cells if cell.kind == "code"]
        self._set_scene(work / path)
        self._engine = _engine(engine, work.parent / ".ipython")

    @property
    def module(self) -> ModuleType:
        """The notebook's names."""
        return self._engine.module

    def _set_scene(self, notebook: Path) -> None:
        """What a kernel has around it."""
        with contextlib.suppress(OSError):
            os.chdir(notebook.parent)
        os.environ["MPLBACKEND"] = _INLINE
        sys.argv = ["ipykernel_launcher.py"]

    def plan(self) -> Value:
        """The reply to opening it."""
        left = _ALL_SOURCE_BYTES
        rows: list[Value] = []
        for cell in self._cells:
            source, is_cut = cut(_sendable(cell.source), min(_SOURCE_BYTES, max(left, 0)))
            left -= len(source.encode()) + 50
            rows.append([cell.kind, source, cell.is_skipped, is_cut])
        return {"problem": self.problem, "cells": rows}

    def run(self, number: int, seconds: float, output_bytes: int) -> Value:
        """Run one code cell.

        Args:
            number: which, from 1.
            seconds: of wall time.
            output_bytes: what it may print.
        """
        outputs = Outputs(output_bytes)
        name = str(PurePath(self._root, f"{self.path}, cell {number}"))
        error = self._engine.run(self._codes[number - 1], name, seconds, outputs)
        status = "ok"
        if isinstance(error, OutOfTime):
            status = "timeout"
        elif error is not None:
            status = "error"
        raised = None if error is None else describe_exception(error, self._root)
        return {"status": status, "outputs": outputs.to_values(raised, self._frames(error))}

    def _frames(self, error: BaseException | None) -> list[str]:
        """Where in the student's files it was raised, outermost first."""
        frames: list[str] = []
        trace: TracebackType | None = None if error is None else error.__traceback__
        while trace is not None and len(frames) < 1000:
            code = trace.tb_frame.f_code
            if code.co_filename.startswith(self._root + os.path.sep):
                place = code.co_filename[len(self._root) + 1 :]
                frames.append(
                    _sendable(f"{place}, line {trace.tb_lineno}, in {code.co_name}")[:300]
                )
            trace = trace.tb_next
        return frames[-_MOST_FRAMES:]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
