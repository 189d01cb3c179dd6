"""Both versions of a merge, left by git in a file: where they stand, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["conflict_advice", "conflicts"]

_OURS, _BETWEEN, _THEIRS = "<<<<<<<", "=======", ">>>>>>>"


def conflicts(lines: Sequence[str]) -> Iterator[range]:
    """The lines of each conflict, marks among them, counted from 0."""
    start = middle = -1
    for index, line in enumerate(lines):
        mark = line.rstrip("\r").split(" ", 1)[0]
        if mark == _OURS:
            start, middle = index, -1
        elif mark == _BETWEEN and start >= 0:
            middle = index
        elif mark == _THEIRS and middle >= 0:
            yield range(start, index + 1)
            start = middle = -1


def conflict_advice(found: range) -> str:
    """What stands there, and how to get rid of it."""
    return (
        f"git left both versions of a merge in lines {found.start + 1} to {found.stop}; in a text "
        f"editor, keep one of them and delete the lines with {_OURS}, {_BETWEEN} and {_THEIRS}"
    )
