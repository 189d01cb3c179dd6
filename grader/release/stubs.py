"""Makes the stubs of an exercise, a module and a notebook, from its reference solution.

reference.py is in py:percent cells; what learners write themselves stands between two marks:

    # %%
    def relu(x: Tensor) -> Tensor:
        \"""Clip the values of x at zero.\"""
        # BEGIN SOLUTION
        return x.clamp(min=0)
        # END SOLUTION

In the stub an indented block becomes `raise NotImplementedError`; a block at the left margin (an
import or helper that only the solution needs) disappears, and so does a cell that is then empty.
The same reference gives the same bytes, whatever the day and the machine.
"""

from __future__ import annotations

import itertools
import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from grader.errors import ExerciseError, OutputError

__all__ = ["compare_stubs", "make_stubs", "solution_blocks", "write_stubs"]

STUB_LINE = 'raise NotImplementedError("Write your solution here.")'

_MARK = re.compile(r"^\s*#\s*(?P<which>BEGIN|END) SOLUTION\s*$")

_METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def make_stubs(reference_source: str, slug: str) -> tuple[str, bytes]:
    """The text of `<slug>.py` and the bytes of `<slug>.ipynb`.

    Raises:
        ExerciseError: the marks do not pair up, or there are none. The message starts with
            "line N"; the caller knows the file.
    """
    cells = _cells(_without_solutions(reference_source))
    return _module(cells), _notebook(cells, slug)


def write_stubs(exercise_dir: Path, solution_dir: Path) -> tuple[Path, Path]:
    """Write both stubs into `exercise_dir` and return their paths.

    Raises:
        ExerciseError: reference.py is missing or its marks do not pair up.
        OutputError: a stub could not be written.
    """
    module, notebook = _stub_paths(exercise_dir)
    text, raw = _made_from(exercise_dir, solution_dir)
    for path, content in ((module, text.encode()), (notebook, raw)):
        try:
            path.write_bytes(content)
        except OSError as error:
            raise OutputError(f"{path}: could not be written: {error.strerror}") from error
    return module, notebook


def compare_stubs(exercise_dir: Path, solution_dir: Path) -> list[str]:
    """One sentence for each stub that is not what reference.py gives; an empty list is well.

    Raises:
        ExerciseError: reference.py is missing or its marks do not pair up.
    """
    module, notebook = _stub_paths(exercise_dir)
    text, raw = _made_from(exercise_dir, solution_dir)
    wanted = {module: text.encode(), notebook: raw}
    remedy = "make it again with `grader release --stubs`"
    differences = []
    for path, content in wanted.items():
        if not path.is_file():
            differences.append(f"{path}: missing; {remedy}")
        elif path.read_bytes() != content:
            where = _first_difference(path.read_bytes(), content)
            differences.append(f"{path}: not what reference.py gives ({where}); {remedy}")
    return differences


def solution_blocks(source: str) -> list[str]:
    """What the stub leaves out, one text a block.

    Raises:
        ExerciseError: the marks do not pair up.
    """
    lines = source.splitlines()
    return [
        textwrap.dedent("\n".join(lines[begin + 1 : after - 1])) for begin, after in _blocks(lines)
    ]


def _without_solutions(source: str) -> str:
    """The reference with every solution block replaced.

    Raises:
        ExerciseError: the marks do not pair up, or there are none.
    """
    lines = source.splitlines()
    kept: list[str] = []
    end = 0
    for begin, after in _blocks(lines):
        kept += lines[end:begin]
        indent = lines[begin][: -len(lines[begin].lstrip())]
        if indent:
            while kept and not kept[-1].strip():
                kept.pop()
            kept.append(indent + STUB_LINE)
        end = after
    if not end:
        raise ExerciseError("line 1: no `# BEGIN SOLUTION`, so the stub would be the solution")
    return "\n".join(kept + lines[end:]) + "\n"


def _blocks(lines: list[str]) -> Iterator[tuple[int, int]]:
    """For each block the index of its BEGIN line and the index after its END line."""
    begun: int | None = None
    for index, line in enumerate(lines):
        mark = _MARK.match(line)
        if mark is None:
            continue
        if mark["which"] == "BEGIN":
            if begun is not None:
                raise ExerciseError(
                    f"line {index + 1}: a solution block inside the one of line {begun + 1}"
                )
            begun = index
        elif begun is None:
            raise ExerciseError(f"line {index + 1}: `# END SOLUTION` without `# BEGIN SOLUTION`")
        else:
            yield begun, index + 1
            begun = None
    if begun is not None:
        raise ExerciseError(f"line {begun + 1}: `# BEGIN SOLUTION` without `# END SOLUTION`")


def _made_from(exercise_dir: Path, solution_dir: Path) -> tuple[str, bytes]:
    path = solution_dir / "reference.py"
    try:
        return make_stubs(path.read_text(encoding="utf-8"), exercise_dir.name)
    except FileNotFoundError:
        raise ExerciseError(f"{path}: missing; the stubs are made from it") from None
    except ExerciseError as error:
        raise ExerciseError(f"{path}, {error}") from None


def _stub_paths(exercise_dir: Path) -> tuple[Path, Path]:
    slug = exercise_dir.name
    return exercise_dir / f"{slug}.py", exercise_dir / f"{slug}.ipynb"


def _cells(source: str) -> list[Any]:
    import jupytext  # not needed to grade, and it comes with [instructor] only  # noqa: PLC0415

    notebook = jupytext.reads(source, fmt="py:percent")
    return [cell for cell in notebook.cells if cell.source.strip()]


def _module(cells: list[Any]) -> str:
    """The cells as a plain module: headings and prose become comments."""
    text = ""
    for cell in cells:
        is_prose = cell.cell_type == "markdown"
        part = _as_comment(cell.source) if is_prose else cell.source.strip("\n")
        follows_imports = re.search(r"^(from|import) [^\n]*\Z", text.rstrip("\n"), re.MULTILINE)
        # One empty line between imports and a comment, else two: as ruff formats it.
        gap = "" if not text else "\n" if is_prose and follows_imports else "\n\n"
        text += gap + part + "\n"
    return text


def _as_comment(markdown: str) -> str:
    prose = (re.sub(r"^#+\s+", "", line) for line in markdown.strip().splitlines())
    return "\n".join(f"# {line}".rstrip() for line in prose)


def _notebook(cells: list[Any], slug: str) -> bytes:
    """The cells as a notebook of format 4.5, with ids that do not change from run to run."""
    entries = []
    for number, cell in enumerate(cells, start=1):
        entry = {
            "cell_type": cell.cell_type,
            "id": f"{slug}-{number}",
            "metadata": {},
            "source": cell.source.strip("\n").splitlines(keepends=True),
        }
        if cell.cell_type == "code":
            entry |= {"execution_count": None, "outputs": []}
        entries.append(entry)
    notebook = {"cells": entries, "metadata": _METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _first_difference(got: bytes, wanted: bytes) -> str:
    ours, theirs = (raw.decode(errors="replace").splitlines() for raw in (got, wanted))
    for number, (left, right) in enumerate(itertools.zip_longest(ours, theirs, fillvalue=""), 1):
        if left != right:
            return f"line {number}: got {left!r}, wanted {right!r}"
    return "its line ends differ"
