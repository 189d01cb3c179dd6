"""Runs the public tests on a student's own code and puts together what to tell."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

from grader.catalog import Exercise
from grader.errors import UsageError
from grader.loader import is_code, load_submission
from grader.messages import say
from grader.model import ExerciseResult, Submission
from grader.runner import run_public
from grader.sandbox import Sandbox
from grader.sandbox.process import ProcessSandbox
from grader.selfcheck.finding import Target, find_target
from grader.selfcheck.result import CheckResult, Problem, place, problems_of
from grader.selfcheck.sections import sections_of
from grader.selfcheck.untouched import is_untouched

__all__ = ["check", "check_here", "check_target"]

_NAMED_FILES = 3
_IMPORTED = re.compile(rb"^[\s\"]*(?:from|import)\s+(\w+)", re.MULTILINE)  # in notebooks as well


def check(exercise: Exercise, submission: Submission, sandbox: Sandbox) -> CheckResult:
    """Run the public tests on a submission.

    Raises:
        ExerciseError: there are no public tests.
        SandboxError: no process could be started.
    """
    started = time.perf_counter()
    beside = _beside(exercise, submission)
    whole = replace(submission, files={**beside, **submission.files})
    (graded,) = run_public(exercise, [whole], sandbox)
    (result,) = graded.exercises
    problems = problems_of(result, sections_of(exercise.folder / "README.md", exercise.names))
    return CheckResult(
        result=result,
        file=_shown_files(submission),
        problems=problems,
        notes=(*_beside_notes(beside.keys() - submission.files), *_notes(result, problems)),
        seconds=time.perf_counter() - started,
    )


def _beside(exercise: Exercise, submission: Submission) -> dict[PurePosixPath, bytes]:
    """The modules of other exercises that it imports: they are handed in together."""
    imported = {
        name.decode() for data in submission.files.values() for name in _IMPORTED.findall(data)
    }
    paths = [exercise.folder.parent / name / f"{name}.py" for name in imported - {exercise.slug}]
    return {PurePosixPath(path.name): path.read_bytes() for path in paths if path.is_file()}


def _beside_notes(paths: Iterable[PurePosixPath]) -> tuple[str, ...]:
    names = ", ".join(sorted(str(path) for path in paths))
    return (say("check.beside", files=names),) if names else ()


def check_target(target: Target, sandbox: Sandbox) -> CheckResult:
    """Check the first file in which something is written; if there is none, the first.

    Raises:
        UsageError, SubmissionError: a file cannot be used.
        ExerciseError, SandboxError.
    """
    names = target.exercise.names
    begun = [file for file in target.files if not is_untouched(file, names)]
    first, *others = begun or target.files[:1]
    result = check(target.exercise, load_submission(first), sandbox)
    for other in others:
        if result.is_untouched:
            second = check(target.exercise, load_submission(other), sandbox)
            result = result if second.is_untouched else second
    return result


def check_here(what: str = "") -> CheckResult:
    """Check from Python: in a notebook the cells that ran so far, elsewhere a file.

    Args:
        what: the slug of an exercise ("relu") or a file; "" for the exercise of this folder.

    Raises:
        UsageError: there is no such exercise or file here.
    """
    cells = _cells_of_this_notebook()
    sandbox = ProcessSandbox()
    with sandbox:
        sandbox.start()
        if cells is None or Path(what).suffix in (".py", ".ipynb"):
            return check_target(find_target(what or None), sandbox)
        exercise = find_exercise_here(what)
        return check(exercise, _from_cells(cells, exercise.slug), sandbox)


def find_exercise_here(what: str) -> Exercise:
    """The exercise by its slug, or that of the current folder.

    Raises:
        UsageError: there is none; the message says what a notebook needs.
    """
    try:
        return find_target(what or None).exercise
    except UsageError as error:
        raise UsageError(
            f"{error}. In a notebook, start Jupyter in the folder that was handed out; on Colab, "
            "upload it and change to it with %cd"
        ) from None


def _cells_of_this_notebook() -> list[str] | None:
    """The source of each cell that ran, oldest first; None outside of a notebook."""
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython is not None else None
    if shell is None or not hasattr(shell, "kernel"):
        return None
    return [str(text) for text in shell.user_ns.get("In", [])[1:]]


def _from_cells(cells: list[str], slug: str) -> Submission:
    """The cells as a notebook; the last definition of a name wins there."""
    entries = [
        {"cell_type": "code", "metadata": {}, "source": text, "outputs": [], "execution_count": n}
        for n, text in enumerate(cells, start=1)
    ]
    notebook = {"cells": entries, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    path = PurePosixPath(f"{slug}.ipynb")
    return Submission(name=slug, files={path: json.dumps(notebook).encode()})


def _shown_files(submission: Submission) -> str:
    code = [str(path) for path in submission.files if is_code(path)]
    return ", ".join(code) if len(code) <= _NAMED_FILES else f"{len(code)} files"


def _notes(result: ExerciseResult, problems: Iterable[Problem]) -> Iterator[str]:
    """What else was noticed, unless a problem says it already."""
    told = "\n".join("\n".join((problem.title, *problem.sentences)) for problem in problems)
    for note in dict.fromkeys(result.notes):
        if note.text.split(": ", 1)[-1].removesuffix(".") not in told:
            where = place(note.path, note.line, note.cell)
            yield f"{note.text} ({where})" if where else note.text
