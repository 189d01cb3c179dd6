"""IPython's additions to Python taken out of a cell: magics, shell lines, help.

Line numbers stay as they are. A line that only IPython understands becomes `pass`; `files = !ls`
becomes a call of `get_ipython()`, whose stand-in says that nothing was run. `%run helper.py` gives
the names of a module, as its import does, and `%time x = f()` is `x = f()`.
"""

from __future__ import annotations

import ast
import re
import warnings

__all__ = ["parse_quietly", "without_magics"]

_PYTHON_CELLS = ("%%time", "%%capture", "%%prun", "%%timeit")  # their body is ordinary Python
_ADDITION = re.compile(r"^(\s*)(?:[%!?]|.*[\w\])]\?{1,2}\s*$)")
_CAPTURED = re.compile(r"^(\s*[A-Za-z_][\w., \[\]'\"]*=\s*)([!%].*)$")
_AS_PYTHON = (
    (
        re.compile(r"(\s*)%run\s+(?:-i\s+)?[\"']?(?:\./)?([A-Za-z_]\w*)(?:\.py)?[\"']?\s*"),
        r"\1from \2 import *",
    ),
    (re.compile(r"(\s*)%time\s+(\S.*)"), r"\1\2"),
)
_MOST_LINES = 300


def parse_quietly(text: str) -> ast.Module:
    """`ast.parse` without the warnings about odd literals, which are not ours to print."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text)


def without_magics(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The cell as plain Python, and each line taken out with its number."""
    lines = text.split("\n")
    dropped: list[tuple[int, str]] = []
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        dropped.append((first + 1, lines[first].strip()))
        if lines[first].split()[0] not in _PYTHON_CELLS:
            return "", dropped
        lines[first] = ""
    for _ in range(_MOST_LINES):
        wrong = _addition_in_the_way(lines)
        if wrong is None:
            break
        python = _as_python(lines[wrong])
        if python is not None:
            lines[wrong] = python
            continue
        dropped.append((wrong + 1, lines[wrong].strip()))
        _replace(lines, wrong)
    return "\n".join(lines), dropped


def _as_python(line: str) -> str | None:
    """What does the same as a magic; None if nothing in Python does."""
    for magic, python in _AS_PYTHON:
        if found := magic.fullmatch(line):
            return found.expand(python)
    return None


def _addition_in_the_way(lines: list[str]) -> int | None:
    """Index of the line at which Python stops, if IPython would have understood that line."""
    try:
        parse_quietly("\n".join(lines))
    except SyntaxError as error:
        index = (error.lineno or 0) - 1
        if 0 <= index < len(lines) and _is_addition(lines[index]):
            return index
        # A stray quote in a shell line lets Python stop elsewhere.
        return next((i for i, line in enumerate(lines) if _is_shell(line)), None)
    except (ValueError, RecursionError, MemoryError):
        pass
    return None


def _is_addition(line: str) -> bool:
    return bool(_ADDITION.match(line) or _CAPTURED.match(line))


def _is_shell(line: str) -> bool:
    return line.startswith(("!", "%")) and not line.startswith(("%%", "!="))


def _replace(lines: list[str], index: int) -> None:
    line = lines[index]
    captured = _CAPTURED.match(line)
    if captured:
        lines[index] = f"{captured[1]}get_ipython().getoutput({captured[2].rstrip(chr(92))!r})"
    else:
        lines[index] = line[: len(line) - len(line.lstrip())] + "pass"
    while line.endswith("\\") and index + 1 < len(lines):
        index += 1
        line, lines[index] = lines[index], ""
