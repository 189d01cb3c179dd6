"""What is wrong with what an author wrote: file, line, what it said, and what to do."""

from __future__ import annotations

import difflib
import traceback
from collections.abc import Iterable
from pathlib import Path

from grader.errors import ExerciseError

__all__ = ["broken_file", "broken_test", "one_of"]

_REMEDIES: tuple[tuple[type[BaseException], str], ...] = (
    (SyntaxError, "mend the line; Python cannot read the file"),
    (ImportError, "import what is installed: torch, numpy, the standard library, grader.runner"),
    (NameError, "define or import the name before it is used, or mend its spelling"),
    (AttributeError, "mend the spelling of the name"),
)
_ANY = "mend the line; it runs when the file is read, before any submission"


def broken_file(path: Path, error: BaseException) -> str:
    """One sentence on a test file or oracle that cannot be loaded.

    Args:
        path: the author's file.
        error: what was raised while it was read or run.
    """
    line = _line(path, error)
    place = f"{path}:{line}" if line else str(path)
    if isinstance(error, ExerciseError):
        return f"{place}: {error}"
    said = error.msg if isinstance(error, SyntaxError) else str(error)
    remedy = next((text for kind, text in _REMEDIES if isinstance(error, kind)), _ANY)
    return f"{place}: {type(error).__name__}: {said}; {remedy}"


def broken_test(path: Path, error: BaseException) -> str:
    """One sentence on a test that fails on the oracle itself, so that it judges nobody.

    Args:
        path: the author's file.
        error: what the test raised.
    """
    line = _line(path, error)
    place = f"{path.name}:{line}" if line else path.name
    return f"the test itself raised {type(error).__name__} ({place}): {error}"


def _line(path: Path, error: BaseException) -> int | None:
    """The last line of this file that was running, or the one that cannot be parsed."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return lines[-1] if lines else None


def one_of(what: str, got: str, known: Iterable[str]) -> str:
    """A word that is none of a closed set: which ones there are, and the nearest."""
    names = list(known)
    near = difflib.get_close_matches(got, names, n=1)
    listed = ", ".join(f'"{name}"' for name in names)
    hint = f'; did you mean "{near[0]}"?' if near else ""
    return f'{what} is one of {listed}, got "{got}"{hint}'
