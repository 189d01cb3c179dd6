"""The operation `parse`: what a submission holds, before one byte of it has run.

{"functions": {name: {"state", "path", "line", "cell", "parameters", "nearest",
                      "nearest_line", "message"}},
 "findings": [{"function", "call", "path", "line", "cell"}],      forbidden calls
 "notes":    [{"text", "path", "line", "cell"}],
 "sources":  [{"path", "cell", "text", "truncated", "kind", "output"}]}     cleaned, for the page
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from grader.protocol import Value
from grader.worker.choice import Found, find_function
from grader.worker.cleaning import clean, cut
from grader.worker.documents import Broken, Document, Remark, Shown
from grader.worker.states import State

__all__ = ["find_functions", "note_of", "reply_to_parse"]

_FILE_BYTES = 64 << 10
_ALL_BYTES = 512 << 10  # the texts travel in the header of one frame, at most 1 MiB
_BESIDE_BYTES = 8 << 10  # of one text cell, and of the output of one cell
_MOST_BESIDE = 64 << 10  # of both in one notebook
_MOST_NOTES = 100


def find_functions(
    documents: Sequence[Document], functions: Sequence[str], slug: str = ""
) -> dict[str, Found]:
    """Each of an exercise's functions in these documents."""
    return {
        name: find_function(name, documents, slug=slug, others=set(functions) - {name})
        for name in functions
    }


def reply_to_parse(
    documents: Sequence[Document],
    found: dict[str, Found],
    findings: Sequence[Value] = (),
    remarks: Iterable[Remark] = (),
) -> dict[Value, Value]:
    """The reply to `parse`; `remarks` come after those of the documents themselves."""
    notes = [*_remarks(documents, found), *remarks]
    return {
        "functions": {name: _function(one) for name, one in found.items()},
        "findings": list(findings),
        "notes": [note_of(remark) for remark in notes[:_MOST_NOTES]],
        "sources": _sources(documents, {one.path for one in found.values()}),
    }


def _function(found: Found) -> Value:
    is_known = found.state in (State.STUB, State.WRITTEN)
    return {
        "state": str(found.state if is_known else State.MISSING),
        "path": found.path,
        "line": found.line,
        "cell": found.cell,
        "parameters": None if found.parameters is None else [list(p) for p in found.parameters],
        "nearest": found.nearest,
        "nearest_line": found.nearest_line,
        "message": clean(found.message),
    }


def note_of(remark: Remark) -> Value:
    """A remark as it is sent."""
    return {
        "text": clean(remark.text)[:500],
        "path": remark.path,
        "line": remark.line,
        "cell": remark.cell,
    }


def _remarks(documents: Iterable[Document], found: dict[str, Found]) -> Iterable[Remark]:
    for one in found.values():
        yield from one.remarks
    for document in documents:
        if document.problem:
            yield Remark(text=f"This file was not graded: {document.problem}.", path=document.path)
        yield from map(_broken, document.broken)
        yield from document.remarks


def _broken(broken: Broken) -> Remark:
    names = ", ".join(f"`{name}`" for name in broken.part.names[:4])
    what = f"This part ({names})" if names else "This part"
    text = f"{what} is not valid Python and was left out: {broken.part.sentence}."
    return Remark(text=text, path=broken.path, line=broken.part.line, cell=broken.cell)


def _sources(documents: Sequence[Document], chosen: set[str]) -> list[Value]:
    left = _ALL_BYTES
    sources: list[Value] = []
    for document in sorted(documents, key=lambda d: (d.path not in chosen, d.path)):
        # code first: neither texts nor outputs of a notebook may take its room
        room = min(_FILE_BYTES, left)
        cells: dict[int, dict[Value, Value]] = {}
        for position, one in enumerate(document.shown):
            if one.kind == "code" and room > 0:
                cells[position], used = _source(document.path, one, room)
                room -= used
                left -= used
        left -= _add_beside(document, cells, min(_MOST_BESIDE, left))
        sources += [cells[position] for position in sorted(cells)]
    return sources


def _source(path: str, one: Shown, room: int) -> tuple[dict[Value, Value], int]:
    """A text as it is sent, and about how many bytes that takes."""
    text, is_cut = cut(clean(one.text), room)
    row: dict[Value, Value] = {
        "path": path,
        "cell": one.cell,
        "text": text,
        "truncated": is_cut,
        "kind": one.kind,
        "output": "",
    }
    return row, len(text.encode()) + 4 * len(path) + 130


def _add_beside(document: Document, cells: dict[int, dict[Value, Value]], room: int) -> int:
    """Put texts between the code and outputs under it, as far as there is room; what they take."""
    start = room
    for position, one in enumerate(document.shown):
        if room <= 0:
            break
        if one.kind == "markdown":
            cells[position], used = _source(document.path, one, min(_BESIDE_BYTES, room))
            room -= used
        elif one.output and position in cells:
            output, _ = cut(clean(one.output), min(_BESIDE_BYTES, room))
            cells[position]["output"] = output
            room -= len(output.encode())
    return start - room
