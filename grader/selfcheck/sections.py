"""Where the statement speaks of a function: the heading to read again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Section", "sections_of"]

_HEADING = re.compile(r"^(?P<marks>#{1,6})\s+(?P<title>.+?)\s*#*$")
_FENCE = re.compile(r"^\s*(```|~~~)")
_LEAST_LETTERS = 4  # of a word that says what a section is about
_NO_EXPLANATION = {  # headings that every statement has, below which nothing is explained
    "why it matters",
    "what you may use",
    "how to check your work",
    "a careful word about the notes",
}
_Part = tuple[int, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of README.md. `line` counts from 1."""

    title: str
    path: str
    line: int


def sections_of(statement: Path, functions: Iterable[str]) -> dict[str, Section]:
    """For each function the section that explains it, as far as there is one.

    That is the first one with the function's name in its heading, else the first that names it,
    else the one whose heading has words of the name; of a lone function, the first explanation.
    """
    try:
        text = statement.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):  # a missing statement is no reason not to check
        return {}
    names = list(functions)
    title, *rest = _parts(text) or [(1, "", "")]
    parts = [part for part in rest if part[1].casefold() not in _NO_EXPLANATION]
    found: dict[str, Section] = {}
    for name in names:
        part = _about(name, parts, title[1]) or (parts[0] if parts and len(names) == 1 else None)
        if part is not None:
            plain = part[1].replace("`", "").replace("*", "")
            found[name] = Section(title=plain, path=statement.name, line=part[0])
    return found


def _about(name: str, parts: list[_Part], title: str) -> _Part | None:
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    named = [part for part in parts if pattern.search(part[1])]
    if named := named or [part for part in parts if pattern.search(part[2])]:
        return named[0]
    words = [w for w in re.findall(r"[a-z]+", name.casefold()) if len(w) >= _LEAST_LETTERS]
    words = [word for word in words if word not in title.casefold()]
    counted = [(sum(word in part[1].casefold() for word in words), part) for part in parts]
    best = max(counted, key=lambda one: one[0], default=(0, None))
    return best[1] if best[0] else None


def _parts(text: str) -> list[_Part]:
    """(line, heading, text below it) of each section; headings inside code blocks are none."""
    parts: list[_Part] = []
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
