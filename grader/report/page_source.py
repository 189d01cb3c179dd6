"""What a page shows of the student's own files."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.report.page_parts import Badge

__all__ = [
    "FileView",
    "Line",
    "SourceView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of source: coloured tokens, and the failures that point at it."""

    tokens: tuple[tuple[str, str], ...]  # (class or "", text)
    links: tuple[tuple[str, str], ...] = ()  # (href, title)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """One file, or one cell, as the student wrote it.

    `markdown` is what markdown.py made of a text, or None where the text itself is shown; `holds`
    names judged functions of a cell with links to their results; `badge` says of an executed cell
    what stopped it, or that it was not run.
    """

    id: str
    name: str
    lines: tuple[Line, ...]
    kind: str
    output: str
    marked: int
    cut: str
    markdown: Markup | None = None
    holds: tuple[tuple[str, str], ...] = ()  # (href, name)
    badge: Badge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """One file, or all cells of a notebook in order."""

    name: str
    is_notebook: bool
    marked: str
    parts: tuple[SourceView, ...]
