"""The student's files and notebooks: code as coloured tokens, found by one regular expression.

Only a worker in its box may parse what a student wrote. This reads it once from left to right, in
time linear in its length, and colours what looks like Python; a wrong colour does no harm.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from grader.messages import plural, say
from grader.model import Source
from grader.report.clean import shorten
from grader.report.markdown import rendered
from grader.report.page_parts import Where
from grader.report.page_source import FileView, Line, SourceView
from grader.report.verdicts import cell_badge

__all__ = ["SourceIndex", "distinct", "files", "view"]

_TOKEN = re.compile(
    r"(?P<c>#[^\n]*)"
    r'|(?P<s>[rRbBfFuU]{0,2}(?:"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\\?\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\\?\Z)"
    r'|"(?:[^"\\\n]|\\.)*"?'
    r"|'(?:[^'\\\n]|\\.)*'?))"
    r"|(?P<k>\b(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else"
    r"|except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try"
    r"|while|with|yield)\b)"
    r"|(?P<n>\b\d[\w.]*)"
    r"|\w+",  # a name is taken whole, so that `is_in` holds no keyword
    re.DOTALL,
)
_OUTPUT = 8192


class SourceIndex:
    """Where the page shows which line, so that a failure can link to it."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self.sources = tuple(sources)
        self._lines = {
            (s.path, s.cell): (f"s{number}", s.text.count("\n") + 1)
            for number, s in enumerate(self.sources, 1)
            if s.kind == "code"
        }

    def where(self, path: str, cell: int | None, line: int | None) -> Where | None:
        """The place in words, with a link if the page shows it."""
        if not path:
            return None
        if line is None:
            key = "where.cell.only" if cell is not None else ""
            text = say(key, path=path, cell=cell) if key else path
            target = self._lines.get((path, cell))
            return Where(text=text, href=f"#{target[0]}" if target else "")
        key = "where.line" if cell is None else "where.cell"
        text = say(key, path=path, cell=cell, line=line)
        return Where(text=text, href=self.href(path, cell, line))

    def href(self, path: str, cell: int | None, line: int) -> str:
        """The link to a line; empty if the page does not show it."""
        name, lines = self._lines.get((path, cell), ("", 0))
        return f"#{name}-{line}" if 1 <= line <= lines else ""


def distinct(exercises: Iterable[Sequence[Source]]) -> tuple[Source, ...]:
    """The sources of all exercises, each once: a file may answer several of them.

    Cells of one notebook may be equal, and are all kept; empty texts are not.
    """
    found: dict[tuple[Source, int], None] = {}
    for sources in exercises:
        seen: Counter[Source] = Counter()
        for source in sources:
            if source.kind == "code" or source.text.strip():
                seen[source] += 1
                found[source, seen[source]] = None
    return tuple(source for source, _ in found)


def files(parts: Sequence[tuple[Source, SourceView]]) -> tuple[FileView, ...]:
    """Files in the order in which they come first, notebooks with all their cells."""
    paths: dict[str, list[tuple[Source, SourceView]]] = {}
    for source, part in parts:
        paths.setdefault(source.path, []).append((source, part))
    return tuple(_file(path, found) for path, found in paths.items())


def _file(path: str, parts: Sequence[tuple[Source, SourceView]]) -> FileView:
    marked = sum(part.marked for _, part in parts)
    return FileView(
        name=path,
        is_notebook=any(source.cell is not None for source, _ in parts),
        marked=plural("source.marked", marked) if marked else "",
        parts=tuple(part for _, part in parts),
    )


def view(
    number: int,
    source: Source,
    marks: Mapping[str, Sequence[tuple[str, str]]],
    limit: int,
    holds: Sequence[tuple[str, str]] = (),
) -> SourceView:
    """One file or cell.

    Args:
        number: makes its id on the page.
        source: the text.
        marks: lead from a line's link to the failures that point at it.
        limit: characters that there is room for.
        holds: links to the results of the functions in it, with their names.
    """
    name = f"s{number}"
    text = source.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    cut = source.truncated or len(text) > limit
    is_code = source.kind == "code"
    markdown = rendered(text[:limit]) if not is_code else None
    parts = _lines(text[:limit]) if is_code else _plain(text[:limit])
    lines = tuple(
        Line(tokens=tuple(tokens), links=tuple(marks.get(f"#{name}-{i}", ())))
        for i, tokens in enumerate(parts, 1)
    )
    marked = sum(bool(line.links) for line in lines)
    return SourceView(
        id=name,
        name="" if source.cell is None else say("source.cell", cell=source.cell),
        lines=lines if text and markdown is None else (),
        kind=source.kind,
        output=shorten(source.output, min(_OUTPUT, limit)) if limit else "",
        marked=marked,
        cut=say("source.cut") if cut else "",
        markdown=markdown,
        holds=tuple(holds),
        badge=cell_badge(source.status),
    )


def _plain(text: str) -> Iterator[list[tuple[str, str]]]:
    for line in text.split("\n"):
        yield [("", line)]


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    end = 0
    for match in _TOKEN.finditer(text):
        if match.lastgroup:
            if match.start() > end:
                yield "", text[end : match.start()]
            yield match.lastgroup, match.group()
            end = match.end()
    yield "", text[end:]


def _lines(text: str) -> Iterator[list[tuple[str, str]]]:
    """Tokens split at line ends: a string over three lines is three tokens."""
    line: list[tuple[str, str]] = []
    for tone, token in _tokens(text):
        first, *rest = token.split("\n")
        if first:
            line.append((tone, first))
        for part in rest:
            yield line
            line = [(tone, part)] if part else []
    yield line
