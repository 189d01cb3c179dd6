"""The files of a submission as documents: texts for the page, statements for the loader.

Nothing of the student's runs here. A file that cannot be read is a document with a `problem`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.errors import SubmissionError
from grader.source_check import Piece
from grader.worker.cleaning import clean
from grader.worker.decoding import decode_source
from grader.worker.files import refusal_of
from grader.worker.magics import without_magics
from grader.worker.notebook import NotebookCell, notebook_cells
from grader.worker.recovery import BrokenPart, read_statements
from grader.worker.written import writes_module

__all__ = ["Broken", "Document", "Remark", "Shown", "place", "read_document", "read_documents"]

_IGNORED_FOLDERS = {"__MACOSX", "__pycache__", "site-packages", "node_modules"}
_NOTEBOOK = re.compile(rb'\s*\{\s*"(?:cells|metadata|nbformat|worksheets)"\s*:')
_MOST_FILES = 200
_USUAL = ("%matplotlib", "%config", "%load_ext", "%reload_ext", "%autoreload", "%%time",
          "%%capture", "!nvidia-smi")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note for the student; `line` counts within the file, or within the cell if there is one."""

    text: str
    path: str = ""
    line: int | None = None
    cell: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A part of a document that is not Python."""

    path: str
    cell: int | None
    part: BrokenPart

    def sentence_on(self, name: str) -> str:
        """What is wrong with one of its names, and where; without a full stop."""
        where = place(self.part.line, self.cell)
        return f"`{name}` cannot be read: {self.part.sentence} ({self.path}, {where})"


def place(line: int | None, cell: int | None) -> str:
    """A line of a module, or of a cell of a notebook."""
    return f"line {line}" + (f" of cell {cell}" if cell else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows of one cell; `cell` is None unless it is code of a notebook.

    `kind` is "code", "markdown" or "raw"; raw cells are for converters and not shown.
    """

    text: str
    cell: int | None = None
    kind: str = "code"
    output: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Python file or notebook of a submission; `shown` has the texts between cells too."""

    path: str
    is_notebook: bool
    texts: tuple[tuple[int | None, str], ...] = ()
    pieces: tuple[Piece, ...] = ()
    broken: tuple[Broken, ...] = ()
    remarks: tuple[Remark, ...] = ()
    problem: str = ""
    shown: tuple[Shown, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether it can be imported as it stands."""
        return not (self.is_notebook or self.broken or self.problem)


def read_documents(files: Mapping[str, bytes]) -> tuple[Document, ...]:
    """All Python files and notebooks, in the order of their paths; at most 200 of them."""
    paths = [path for path in sorted(files) if refusal_of(path) or _is_source(path)]
    return tuple(read_document(path, files[path]) for path in paths[:_MOST_FILES])


def _is_source(path: str) -> bool:
    pure = PurePosixPath(path)
    folders = pure.parts[:-1]
    return pure.suffix.lower() in (".py", ".ipynb") and not (
        pure.name.startswith(".")
        or any(part in _IGNORED_FOLDERS or part.startswith(".") for part in folders)
    )


def read_document(path: str, data: bytes) -> Document:
    """The document in `data`; never raises for what it holds."""
    # A notebook under another name is a notebook nevertheless, and no valid Python.
    is_notebook = path.lower().endswith(".ipynb") or _NOTEBOOK.match(data) is not None
    refusal = refusal_of(path)
    if refusal:
        return Document(path=clean(path)[:200], is_notebook=is_notebook, problem=refusal)
    try:
        shown, remarks = _notebook(data) if is_notebook else _module(path, data)
    except SubmissionError as error:
        return Document(path=path, is_notebook=is_notebook, problem=str(error))
    texts = [(one.cell, one.text) for one in shown if one.kind == "code"]
    pieces: list[Piece] = []
    broken: list[Broken] = []
    for cell, text in texts:
        plain, dropped = _plain(text, is_notebook)
        body, parts = read_statements(plain)
        piece = Piece(path=path, cell=cell, body=tuple(body))
        pieces.append(piece)
        broken += [Broken(path=path, cell=cell, part=part) for part in parts]
        remarks += [
            Remark(text=f"`{line[:80]}` is not run here", path=path, line=number, cell=cell)
            for number, line in dropped
            if not (writes_module(line) or _is_usual(line))
        ]
    return Document(
        path=path,
        is_notebook=is_notebook,
        texts=tuple(texts),
        pieces=tuple(pieces),
        broken=tuple(broken),
        remarks=tuple(remarks),
        problem="" if any(text.strip() for _, text in texts) else "the file is empty",
        shown=tuple(shown),
    )


def _is_usual(line: str) -> bool:
    """Whether a magic or a question changes nothing in what is graded: nobody misses it."""
    return line.startswith(_USUAL) or line.startswith("?") or line.endswith("?")


def _module(path: str, data: bytes) -> tuple[list[Shown], list[Remark]]:
    text, note = decode_source(data)
    return [Shown(text=text)], [Remark(text=note, path=path)] if note else []


def _notebook(data: bytes) -> tuple[list[Shown], list[Remark]]:
    number = itertools.count(1)  # of code cells, as everywhere
    return [_shown(cell, number) for cell in notebook_cells(data)], []


def _shown(cell: NotebookCell, number: Iterator[int]) -> Shown:
    if cell.kind != "code":
        return Shown(text=cell.source, kind=cell.kind)
    return Shown(text=cell.source, cell=next(number), output=cell.output)


def _plain(text: str, is_notebook: bool) -> tuple[str, list[tuple[int, str]]]:
    """Magics are taken out of notebooks, and of modules that look as if made from one."""
    if is_notebook or "\n%" in text or "\n!" in text or text.startswith(("%", "!")):
        return without_magics(text)
    return text, []
