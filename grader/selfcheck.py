"""A student's own check: the public tests of one exercise on a file, without solutions."""

from __future__ import annotations

from pathlib import Path

from grader.catalog import Exercise, find_course_root, load_course, load_exercise
from grader.errors import UsageError
from grader.loader import load_submission
from grader.model import ExerciseResult
from grader.runner import run_public
from grader.sandbox import Sandbox

__all__ = ["check", "find_exercise"]


def find_exercise(file: Path, slug: str | None = None) -> Exercise:
    """The exercise that a student's file belongs to: beside it, named like it, or by `slug`.

    Raises:
        UsageError: none can be told.
    """
    file = file.resolve()
    folder = file if file.is_dir() else file.parent
    if slug is None and (folder / "exercise.toml").is_file():
        return load_exercise(folder)
    name = slug or file.stem
    for root in (folder, *folder.parents):
        for candidate in (root / name, root / "exercises" / name):
            if (candidate / "exercise.toml").is_file():
                return load_exercise(candidate)
    try:
        return load_course(find_course_root(folder)).exercise(name)
    except UsageError:
        raise UsageError(
            f"{file}: no exercise `{name}` near it; name the exercise with --exercise, or check "
            "the file in its exercise's folder"
        ) from None


def check(exercise: Exercise, file: Path, sandbox: Sandbox) -> ExerciseResult:
    """Run the public tests on a module, notebook or folder.

    Raises:
        UsageError, SubmissionError: the file cannot be used.
        ExerciseError: there are no public tests.
    """
    (graded,) = run_public(exercise, [load_submission(file)], sandbox)
    (result,) = graded.exercises
    return result
