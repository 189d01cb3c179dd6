"""Puts together what students get, a folder or a .zip, and refuses if anything secret is in it.

    OUT/README.md, requirements.txt, .pre-commit-config.yaml
    OUT/exercises/<slug>/exercise.toml, README.md, <slug>.py, <slug>.ipynb, test_public.py,
                         pictures, data/

Nothing else of the course is copied. The same course gives the same bytes.
"""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path, PurePosixPath

from grader.catalog import Course, Exercise, load_course
from grader.errors import ExerciseError, OutputError, UsageError
from grader.release.leaks import find_leaks
from grader.release.stubs import compare_stubs

__all__ = ["release"]

REQUIREMENTS = "cnn-grader\ntorch\n"

PRE_COMMIT = """\
# Checks what you changed and have begun before each commit: pip install pre-commit, then
# `pre-commit install` once in this folder.
repos:
  - repo: local
    hooks:
      - id: grader-check
        name: public tests of the exercises
        entry: grader check --begun
        language: system
        require_serial: true
        files: ^exercises/[^/]+/[^/]+\\.(py|ipynb)$
        exclude: test_public\\.py$
"""

README = """\
# {title}

Each folder of `exercises/` is one topic: a statement to read (`README.md`), and the same stub
twice, as a module and as a notebook. Write your solution in one of the two.

| topic | functions to write | points |
|---|---|---|
{rows}

Install what you need once, with Python 3.11 or newer:

    pip install -r requirements.txt

Check your work as often as you like; it takes a few seconds and sends nothing anywhere:

    grader check                  # all that you have begun
    grader check {first}
    grader check {first} --watch

In a notebook, the same is a cell with `import grader; grader.check("{first}")`.

The check runs the public tests only. Your mark is decided by hidden tests, which try more shapes,
more values and the edge cases that the docstrings state. Hand in the module or the notebook.
"""

_PICTURES = {".png", ".jpg", ".svg"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip can hold: the day must not matter


def release(
    course_root: Path, out: Path, *, assignment: str | None = None
) -> tuple[PurePosixPath, ...]:
    """Write what students get to the new folder or .zip `out`; return the files in it.

    Args:
        course_root: the folder of course.toml.
        out: what to make.
        assignment: only the exercises of this one; every exercise if None.

    Raises:
        CourseError: the course's settings cannot be used.
        ExerciseError: a stub is not what its reference gives, a file is missing, or something
            secret would be handed out. Nothing was written.
        UsageError: `out` exists, or lies where it would be released itself; or there is no such
            assignment.
        OutputError: it could not be written.
    """
    course = load_course(course_root)
    _check_place(course.root, out)
    exercises = _chosen(course, assignment)
    files = _files(course, exercises)
    problems = [
        *(line for exercise in exercises for line in _stub_problems(exercise)),
        *find_leaks(files, course.root / "solutions"),
    ]
    if problems:
        raise ExerciseError("nothing was released:\n" + "\n".join(f"  {line}" for line in problems))
    try:
        _write(files, out)
    except OSError as error:
        raise OutputError(f"{out}: could not be written: {error.strerror}") from error
    return tuple(files)


def _check_place(root: Path, out: Path) -> None:
    if out.exists():
        raise UsageError(f"{out} exists already; name a new folder or .zip, or remove it first")
    for part in ("exercises", "solutions"):
        if out.resolve().is_relative_to(root / part):
            raise UsageError(f"{out} lies in the course's own {part}/; name a place outside of it")


def _stub_problems(exercise: Exercise) -> list[str]:
    return compare_stubs(exercise.folder, exercise.reference.parent)


def _chosen(course: Course, assignment: str | None) -> list[Exercise]:
    """What to hand out, in the order in which it is assigned."""
    if assignment is not None:
        return list(course.assignment(assignment).exercises)
    assigned = [e for one in course.assignments.values() for e in one.exercises]
    exercises = {e.slug: e for e in [*assigned, *course.exercises.values()]}
    if not exercises:
        raise ExerciseError(f"{course.root / 'exercises'}: no exercise to release")
    return list(exercises.values())


def _files(course: Course, exercises: list[Exercise]) -> dict[PurePosixPath, bytes]:
    """Every file of the release in the order of its path, by content."""
    files = {
        PurePosixPath("README.md"): _readme(course.settings.title, exercises).encode(),
        PurePosixPath("requirements.txt"): REQUIREMENTS.encode(),
        PurePosixPath(".pre-commit-config.yaml"): PRE_COMMIT.encode(),
    }
    for exercise in exercises:
        for path in _student_files(exercise):
            name = PurePosixPath(
                "exercises", exercise.slug, *path.relative_to(exercise.folder).parts
            )
            files[name] = path.read_bytes()
    return dict(sorted(files.items()))


def _student_files(exercise: Exercise) -> list[Path]:
    folder, slug = exercise.folder, exercise.slug
    wanted = ("exercise.toml", "README.md", f"{slug}.py", f"{slug}.ipynb", "test_public.py")
    for name in wanted:
        if not (folder / name).is_file():
            raise ExerciseError(f"{folder / name}: missing; students need it")
    pictures = (path for path in folder.rglob("*") if path.suffix in _PICTURES)
    data = (path for path in (folder / "data").rglob("*") if path.is_file())
    return sorted({*(folder / name for name in wanted), *pictures, *data})


def _readme(title: str, exercises: list[Exercise]) -> str:
    rows = "\n".join(
        f"| [{e.title}](exercises/{e.slug}/README.md) | {', '.join(f'`{n}`' for n in e.names)} "
        f"| {sum(f.points for f in e.functions)} |"
        for e in exercises
    )
    return README.format(title=title, rows=rows, first=exercises[0].slug)


def _write(files: dict[PurePosixPath, bytes], out: Path) -> None:
    """All or nothing: written beside `out` under another name first."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".release-") as place:
        draft = Path(place, "draft")
        if out.suffix == ".zip":
            _write_zip(files, draft)
        else:
            _write_folder(files, draft)
        os.replace(draft, out)


def _write_folder(files: dict[PurePosixPath, bytes], folder: Path) -> None:
    for name, raw in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)


def _write_zip(files: dict[PurePosixPath, bytes], path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in files.items():
            info = zipfile.ZipInfo(str(name), date_time=_EPOCH)
            info.external_attr = 0o644 << 16
            archive.writestr(info, raw, compress_type=zipfile.ZIP_DEFLATED)
