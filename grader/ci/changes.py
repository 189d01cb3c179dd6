"""Which exercises a change touches: by git, or by comparing with what was handed out.

git is run on a checkout that may be hostile: no hook, no file-system monitor, no external diff.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from grader.catalog import Course, Exercise
from grader.errors import MachineError, UsageError
from grader.loader import is_code
from grader.model import Submission

__all__ = ["changed_exercises"]

_SAFE = ("-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat")
_SECONDS = 60
_COURSE_FOLDERS = {"solutions", "grader", ".github"}
_SHOWN = 5


def changed_exercises(
    course: Course, folder: Path, submission: Submission | None, base: str | None
) -> tuple[Exercise, ...]:
    """The exercises in whose folder code differs from before, or is gone.

    Args:
        course: what is trusted.
        folder: the checkout or the files that were handed in.
        submission: the code in it; None if there is none.
        base: the revision to compare with; None compares with the course's own stubs.

    Raises:
        UsageError: the revision cannot be used, or the change edits the course it is graded by.
        MachineError: there is no git.
    """
    if base is not None:
        paths = _by_git(folder, base)
        _refuse_edited_course(course, folder, paths)
    else:
        paths = [] if submission is None else list(_unlike_stub(course, submission))
    slugs = {path.parts[1] for path in paths if _is_code(path)}
    return tuple(exercise for slug, exercise in course.exercises.items() if slug in slugs)


def _is_code(path: PurePosixPath) -> bool:
    parts = path.parts
    is_theirs = len(parts) > 2 and parts[0] == "exercises" and path.name != "test_public.py"
    return is_theirs and is_code(path)


def _by_git(folder: Path, base: str) -> list[PurePosixPath]:
    if base.startswith("-"):
        raise UsageError(f"--base {base}: not a revision")
    command = ["git", *_SAFE, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff"]
    command += ["--no-textconv", f"{base}...HEAD", "--"]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError:
        raise MachineError("git is not installed; --base needs it") from None
    except subprocess.TimeoutExpired:
        raise MachineError(f"git needed more than {_SECONDS} seconds in {folder}") from None
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[:300]
        raise UsageError(
            f"--base {base}: git finds no difference to it in {folder} ({said}); in a shallow "
            "clone fetch the history first (`fetch-depth: 0`)"
        )
    return [PurePosixPath(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name]


def _refuse_edited_course(course: Course, folder: Path, paths: Iterable[PurePosixPath]) -> None:
    """A course that lies in the checkout of a change must not be part of the change."""
    if not course.root.is_relative_to(folder.resolve()):
        return
    inside = course.root.relative_to(folder.resolve())
    edited = [str(path) for path in paths if _is_course_file(path, inside)]
    if edited:
        more = f" and {len(edited) - _SHOWN} more" if len(edited) > _SHOWN else ""
        raise UsageError(
            f"this change edits the course that grades it ({', '.join(edited[:_SHOWN])}{more}); "
            "take the course from the base revision, in a folder of its own, with --course"
        )


def _is_course_file(path: PurePosixPath, inside: Path) -> bool:
    try:
        parts = path.relative_to(inside.as_posix()).parts
    except ValueError:
        return False
    name = parts[-1]
    return (
        parts[0] in _COURSE_FOLDERS
        or parts == ("course.toml",)
        or (parts[0] == "exercises" and name in {"exercise.toml", "test_public.py"})
    )


def _unlike_stub(course: Course, submission: Submission) -> Iterable[PurePosixPath]:
    for path, handed_in in submission.files.items():
        stub = course.root / path
        if not stub.is_file() or stub.read_bytes() != handed_in:
            yield path
