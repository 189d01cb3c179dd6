"""A submitted notebook run from top to bottom in a box, cell by cell, and what each cell showed.

Every reply comes from student territory and is checked member by member. Nothing here gives
points: outputs are for the page, and functions are called by hidden tests as always.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grader.compare import clean
from grader.config import ExecutionSettings
from grader.errors import FrameError
from grader.messages import say
from grader.model import CellStatus, Note, Verdict
from grader.protocol import ArrayValue, Operation, Raised, Value
from grader.runner.loaded import Found
from grader.sandbox import Box, BoxFailed

__all__ = ["Cell", "CellOutput", "Execution", "run_notebook", "with_executions"]

OPEN_SECONDS = 30.0
GRACE_SECONDS = 2.0  # the worker's own alarm comes first; what ignores it is ended from outside
MAX_CELLS = 20_000
MAX_OUTPUTS = 250
MAX_TEXT = 200_000  # of one output
MAX_PICTURES = 48  # of one notebook
MAX_PICTURE_BYTES = 1 << 20
MAX_NOTES = 30
_NOT_RUN = "is not run here"  # so definitions mode says of magics, which IPython runs
_PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOutput:
    """One output. `kind`: "stdout", "stderr", "result", "display" or "error".

    For an error `name` is its type, `line` the line in `path`, and `frames` how it came there.
    `pictures` are PNG or JPEG as the worker sent them: never to be decoded outside a box.
    """

    kind: str
    text: str
    name: str = ""
    path: str = ""
    line: int | None = None
    frames: tuple[str, ...] = ()
    mimes: tuple[str, ...] = ()
    pictures: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `number` counts code cells from 1, `index` all cells from 0."""

    index: int
    kind: str
    source: str
    number: int | None = None
    status: CellStatus = CellStatus.UNREACHED
    outputs: tuple[CellOutput, ...] = ()

    @property
    def text(self) -> str:
        """All outputs as one text, as it would stand under the cell."""
        return "\n".join(part for output in self.outputs if (part := _text(output).rstrip("\n")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Execution:
    """One notebook. `problem`: why it was not run at all, or not to its end.

    `failure` is set if the process is gone: what was executed is lost with it.
    """

    path: str
    cells: tuple[Cell, ...] = ()
    problem: str = ""
    cell: int | None = None
    failure: BoxFailed | None = None
    seconds: float = 0.0

    @property
    def outputs(self) -> dict[int, str]:
        """The text under each code cell that was run, by its number."""
        return {c.number: c.text for c in self.cells if c.number is not None and c.text}

    @property
    def picture_bytes(self) -> int:
        """What its pictures take in memory."""
        outputs = (output for cell in self.cells for output in cell.outputs)
        return sum(len(picture) for output in outputs for picture in output.pictures)

    @property
    def notes(self) -> tuple[Note, ...]:
        """What its student should know: the cells that failed, and where it ended."""
        notes = [note for cell in self.cells for note in _notes(self.path, cell)][:MAX_NOTES]
        if self.problem:
            notes.append(Note(text=self.problem, path=self.path, cell=self.cell))
        return tuple(notes)


def run_notebook(
    box: Box, files: Value, path: str, settings: ExecutionSettings, output_bytes: int
) -> Execution:
    """Run the notebook at `path`; never raises for what it does.

    Args:
        box: in which its functions will be loaded and called.
        files: of the submission.
        path: of the notebook among them.
        settings: what a cell, and the whole, may take.
        output_bytes: what one cell may print.

    Raises:
        WarmParentDied
    """
    run = _Run(box, path, settings, output_bytes)
    try:
        run.open(files)
        run.all_cells()
    except BoxFailed as failure:
        return run.failed(failure)
    except FrameError as error:
        return run.failed(BoxFailed(Verdict.ERROR, say("notebook.no answer", error=error)))
    return run.finished()


class _Run:
    """The state of one execution."""

    def __init__(self, box: Box, path: str, settings: ExecutionSettings, output_bytes: int) -> None:
        self._box = box
        self._path = path
        self._settings = settings
        self._output_bytes = output_bytes
        self._cells: list[Cell] = []
        self._problem = ""
        self._at: int | None = None
        self._pictures = 0
        self._started = time.monotonic()

    def open(self, files: Value) -> None:
        arguments: dict[str, Value] = {
            "files": files,
            "path": self._path,
            "engine": self._settings.engine,
        }
        reply = self._box.request(Operation.EXECUTE, arguments, seconds=OPEN_SECONDS)
        if isinstance(reply, Raised):
            self._problem = say("notebook.not run", problem=clean(reply.text, 300))
            return
        problem, self._cells = _plan(reply)
        if problem:
            self._problem = say("notebook.not run", problem=problem)

    def all_cells(self) -> None:
        deadline = time.monotonic() + self._settings.total_seconds
        for cell in list(self._cells):
            if cell.number is None or cell.status is CellStatus.SKIPPED:
                continue
            left = deadline - time.monotonic()
            self._at = cell.number
            if left <= 0:
                self._problem = say("notebook.time", seconds=self._settings.total_seconds)
                return
            self._run_cell(cell, min(left, self._settings.cell_seconds))
        self._at = None

    def _run_cell(self, cell: Cell, seconds: float) -> None:
        arguments: dict[str, Value] = {
            "cell": cell.number,
            "seconds": float(seconds),
            "output_bytes": self._output_bytes,
        }
        reply = self._box.request(Operation.EXECUTE, arguments, seconds=seconds + GRACE_SECONDS)
        if isinstance(reply, Raised):
            text, name = clean(reply.text), clean(reply.type_name, 80)
            outputs: tuple[CellOutput, ...] = (CellOutput(kind="error", text=text, name=name),)
            self._set(cell, CellStatus.ERROR, outputs)
            return
        status, outputs = _reply(reply)
        kept = tuple(self._with_room(output) for output in outputs)
        self._set(cell, status, kept)

    def _with_room(self, output: CellOutput) -> CellOutput:
        pictures = output.pictures[: MAX_PICTURES - self._pictures]
        self._pictures += len(pictures)
        return replace(output, pictures=pictures)

    def _set(self, cell: Cell, status: CellStatus, outputs: tuple[CellOutput, ...]) -> None:
        self._cells[cell.index] = replace(cell, status=status, outputs=outputs)

    def failed(self, failure: BoxFailed) -> Execution:
        """The worker is gone, in the cell that was running."""
        if self._at is None:
            problem = say("notebook.failed", sentence=failure.sentence)
        else:
            index = next(c.index for c in self._cells if c.number == self._at)
            is_time = failure.verdict is Verdict.TIMEOUT
            status = CellStatus.TIMEOUT if is_time else CellStatus.INTERRUPTED
            output = CellOutput(kind="error", name=str(failure.verdict), text=failure.sentence)
            self._set(self._cells[index], status, (output,))
            problem = say("notebook.ended", cell=self._at)
        return replace(self.finished(), problem=problem, failure=failure)

    def finished(self) -> Execution:
        return Execution(
            path=self._path,
            cells=tuple(self._cells),
            problem=self._problem,
            cell=self._at,
            seconds=time.monotonic() - self._started,
        )


def with_executions(found: Found, executions: Mapping[str, Execution]) -> Found:
    """What was found, with the outputs under its cells and notes on how they ran."""
    used = {function.path for function in found.functions.values()}
    own = [execution for path, execution in executions.items() if path in used]
    outputs: dict[tuple[str, int | None], str] = {
        (e.path, number): text for e in own for number, text in e.outputs.items()
    }
    statuses: dict[tuple[str, int | None], CellStatus] = {
        (e.path, c.number): c.status for e in own for c in e.cells if c.number is not None
    }
    sources = tuple(
        replace(
            s,
            output=outputs.get((s.path, s.cell), s.output),
            status=statuses.get((s.path, s.cell)),
        )
        for s in found.sources
    )
    notes = [n for n in found.notes if n.path not in executions or not n.text.endswith(_NOT_RUN)]
    notes += [note for execution in own for note in execution.notes]
    return replace(found, sources=sources, notes=tuple(dict.fromkeys(notes)))


def _plan(reply: Value) -> tuple[str, list[Cell]]:
    match reply:
        case {"problem": str(problem), "cells": list(rows)} if len(rows) <= MAX_CELLS:
            return clean(problem, 300), list(_planned(rows))
        case _:
            raise FrameError("no plan of a notebook")


def _planned(rows: Sequence[Value]) -> Iterator[Cell]:
    number = 0
    for index, row in enumerate(rows):
        match row:
            case ["code" | "markdown" | "raw" as kind, str(source), bool(is_tagged), bool()]:
                number += kind == "code"
                yield Cell(
                    index=index,
                    kind=kind,
                    source=source,
                    number=number if kind == "code" else None,
                    status=CellStatus.SKIPPED if is_tagged else CellStatus.UNREACHED,
                )
            case _:
                raise FrameError("a cell that is none")


def _reply(reply: Value) -> tuple[CellStatus, tuple[CellOutput, ...]]:
    match reply:
        case {"status": "ok" | "error" | "timeout" as status, "outputs": list(rows)}:
            return CellStatus(status), tuple(_output(row) for row in rows[:MAX_OUTPUTS])
        case _:
            raise FrameError("not what comes of a cell")


def _output(row: Value) -> CellOutput:
    match row:
        case ["stdout" | "stderr" as kind, str(text)]:
            return CellOutput(kind=kind, text=_clean(text))
        case ["result" | "display" as kind, str(text), list(mimes), list(pictures)]:
            return CellOutput(
                kind=kind,
                text=_clean(text),
                mimes=tuple(clean(name, 80) for name in mimes[:12] if isinstance(name, str)),
                pictures=tuple(p for value in pictures[:4] if (p := _picture(value))),
            )
        case ["error", str(name), str(text), str(path), line, list(frames)]:
            return CellOutput(
                kind="error",
                name=clean(name, 80),
                text=_clean(text),
                path=clean(path, 300),
                line=line if type(line) is int and 0 < line < 1 << 31 else None,
                frames=tuple(clean(f, 300) for f in frames[:12] if isinstance(f, str)),
            )
        case _:
            raise FrameError("an output that is none")


def _clean(text: str) -> str:
    """Tabs are kept: what a cell prints is shown as it was printed."""
    return "\t".join(clean(part, MAX_TEXT) for part in text[:MAX_TEXT].split("\t"))


def _picture(value: Any) -> bytes:
    if not isinstance(value, ArrayValue) or value.dtype != "uint8":
        return b""
    data = bytes(value.buffer)
    is_one = len(data) <= MAX_PICTURE_BYTES and data.startswith(_PICTURE_STARTS)
    return data if is_one else b""


def _text(output: CellOutput) -> str:
    if output.kind == "error":
        if output.name in Verdict.__members__:  # our box ended it, and says why
            return output.text
        return f"{output.name}: {output.text}" if output.text else output.name
    if output.pictures:
        return f"{output.text}\n[picture]"
    return output.text


def _notes(path: str, cell: Cell) -> Iterator[Note]:
    last = cell.outputs[-1] if cell.outputs else None
    if cell.status is CellStatus.OK or last is None:
        return
    what = clean(_text(last).split("\n")[0], 200)
    match cell.status:
        case CellStatus.ERROR:
            text = say("notebook.cell error", cell=cell.number, what=what)
        case CellStatus.TIMEOUT:
            text = say("notebook.cell time", cell=cell.number, what=what)
        case _:
            text = say("notebook.cell", cell=cell.number, what=what)
    own = f"{path}, cell {cell.number}"
    line = last.line if last.path == own else None
    yield Note(text=text.rstrip("."), path=path, cell=cell.number, line=line)
