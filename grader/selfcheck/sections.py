"""Where the statement speaks of a function: the heading to read again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Section", "sections_of"]

_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
_FENCE = re.compile(r"^\s*(```|~~~)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of README.md. `line` counts from 1."""

    title: str
    path: str
    line: int


def sections_of(statement: Path, functions: Iterable[str]) -> dict[str, Section]:
    """For each function the section that is about it, as far as there is one.

    That is the first one with the function's name in its heading, else the one below the first
    heading that names it most often.
    """
    try:
        text = statement.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # a missing statement is no reason not to check
        return {}
    parts = _parts(text)
    found: dict[str, Section] = {}
    for name in functions:
        pattern = re.compile(rf"\b{re.escape(name)}\b")
        headed = [part for part in parts if pattern.search(part[1])]
        counted = sorted(parts[1:], key=lambda part: -len(pattern.findall(part[2])))
        counted = [part for part in counted if pattern.search(part[2])]
        for line, title, _ in (headed or counted)[:1]:
            plain = title.replace("`", "").replace("*", "")
            found[name] = Section(title=plain, path=statement.name, line=line)
    return found


def _parts(text: str) -> list[tuple[int, str, str]]:
    """(line, heading, text below it) of each section; headings inside code blocks are none."""
    parts: list[tuple[int, str, str]] = []
    is_code = False
    for number, line in enumerate(text.splitlines(), start=1):
        is_code ^= _FENCE.match(line) is not None
        heading = None if is_code else _HEADING.match(line)
        if heading is not None:
            parts.append((number, heading["title"], ""))
        elif parts:
            start, title, below = parts[-1]
            parts[-1] = (start, title, f"{below}{line}\n")
    return parts
