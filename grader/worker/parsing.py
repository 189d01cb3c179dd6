"""The operation `parse`: what a submission holds, before one byte of it has run.

{"functions": {name: {"state", "path", "line", "cell", "parameters", "nearest",
                      "nearest_line", "message"}},
 "findings": [{"function", "call", "path", "line", "cell"}],      forbidden calls
 "notes":    [{"text", "path", "line"}],
 "sources":  [{"path", "cell", "text", "truncated"}]}             cleaned, for the page
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.protocol import Value
from grader.worker.choice import Found, find_function
from grader.worker.cleaning import clean, cut
from grader.worker.documents import Broken, Document, Remark, read_documents

__all__ = ["Submission", "parse"]

_FILE_BYTES = 64 << 10
_ALL_BYTES = 512 << 10  # the texts travel in the header of one frame, at most 1 MiB
_MOST_NOTES = 100


class Submission:
    """A submission as read, with the function chosen for each name."""

    def __init__(
        self,
        files: Mapping[str, bytes],
        functions: Sequence[str],
        *,
        slug: str = "",
        path: str = "",
    ) -> None:
        everything = read_documents(files)
        self.documents = tuple(d for d in everything if not path or d.path == path)
        self.found = {
            name: find_function(name, self.documents, slug=slug, others=set(functions) - {name})
            for name in functions
        }

    def document(self, path: str) -> Document:
        return next(document for document in self.documents if document.path == path)


def parse(submission: Submission) -> dict[Value, Value]:
    """The reply to `parse`, without findings."""
    notes = [*_notes(submission)]
    return {
        "functions": {name: _function(found) for name, found in submission.found.items()},
        "findings": [],
        "notes": [_note(remark) for remark in notes[:_MOST_NOTES]],
        "sources": _sources(submission),
    }


def _function(found: Found) -> Value:
    return {
        "state": str(found.state),
        "path": found.path,
        "line": found.line,
        "cell": found.cell,
        "parameters": [list(parameter) for parameter in found.parameters],
        "nearest": found.nearest,
        "nearest_line": found.nearest_line,
        "message": found.message,
    }


def _note(remark: Remark) -> Value:
    return {"text": clean(remark.text)[:500], "path": clean(remark.path), "line": remark.line}


def _notes(submission: Submission) -> Iterable[Remark]:
    for found in submission.found.values():
        yield from found.remarks
    for document in submission.documents:
        if document.problem:
            yield Remark(
                text=f"{document.path} was not graded: {document.problem}", path=document.path
            )
        yield from map(_broken, document.broken)
        yield from document.remarks


def _broken(broken: Broken) -> Remark:
    names = ", ".join(f"`{name}`" for name in broken.part.names[:4])
    place = broken.path if broken.cell is None else f"{broken.path}, cell {broken.cell}"
    what = f"This part ({names})" if names else "This part"
    text = f"{what} is not valid Python and was left out: {broken.part.sentence}"
    return Remark(text=text, path=place, line=broken.part.line)


def _sources(submission: Submission) -> list[Value]:
    chosen = {found.path for found in submission.found.values()}
    order = sorted(submission.documents, key=lambda d: (d.path not in chosen, d.path))
    left = _ALL_BYTES
    sources: list[Value] = []
    for document in order:
        room = min(_FILE_BYTES, left)
        for cell, raw in document.texts:
            text, truncated = cut(clean(raw), room)
            used = len(text.encode())
            room -= used
            left -= used + 200  # the path and cell of each part take room as well
            sources.append(
                {"path": clean(document.path), "cell": cell, "text": text, "truncated": truncated}
            )
            if room <= 0 or left <= 0:
                break
        if left <= 0:
            break
    return sources
