"""A new exercise: statement, stubs, tests, reference, oracle and samples, proved as it stands."""

from __future__ import annotations

import json
import keyword
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from grader.catalog import Course
from grader.errors import OutputError, UsageError
from grader.release import write_stubs
from grader.scaffold.filling import filled

__all__ = ["check_slug", "new_exercise", "write_all"]

_SLUG = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TAKEN = frozenset({"torch", "torchvision", "numpy", "grader", "pytest", "exercise", "submission"})


def new_exercise(course: Course, slug: str, *, function: str = "", title: str = "") -> list[Path]:
    """Write exercises/SLUG and solutions/SLUG; returns the new files.

    Args:
        course: the one to add it to.
        slug: the exercise's name: of its folders, of the stub and of its notebook.
        function: the function that students write; default: the slug.
        title: for people; default: the slug in words.

    Raises:
        UsageError: the slug or the function cannot be used, or is taken. Nothing was written.
        OutputError: a file could not be written.
    """
    check_slug(slug)
    function = function or slug
    folder, solutions = course.root / "exercises" / slug, course.root / "solutions" / slug
    for place in (folder, solutions):
        if place.exists():
            raise UsageError(f"{place} exists already; choose another slug, or remove it first")
    _check_function(course, function)
    name = " ".join(title.split()) or _in_words(slug)  # it becomes one line of a comment
    quoted = json.dumps(name, ensure_ascii=False)  # TOML and JSON quote alike
    values = {"slug": slug, "function": function, "title": name, "quoted": quoted}
    files = {folder / path: text for path, text in filled("exercise", values).items()}
    for path, text in filled("solutions", values).items():
        files[solutions / _own_folder(path, function)] = text
    try:
        written = write_all(files)
        return [*written, *write_stubs(folder, solutions)]
    except OutputError:
        for place in (folder, solutions):
            shutil.rmtree(place, ignore_errors=True)
        raise


def check_slug(slug: str) -> None:
    """Raises: UsageError, if no module of this name could be imported."""
    if keyword.iskeyword(slug):
        raise UsageError(
            f"`{slug}` cannot name an exercise: it is a word of Python's own; choose another name, "
            f"as in `{slug}_exercise`"
        )
    if not _SLUG.fullmatch(slug):
        raise UsageError(
            f"`{slug}` cannot name an exercise: it is the name of a Python module too, so begin "
            f"with a small letter and use small letters, digits and underscores, as in "
            f"`{_suggested(slug)}`"
        )
    if slug in sys.stdlib_module_names or slug in _TAKEN:
        raise UsageError(
            f"`{slug}` cannot name an exercise: {slug}.py would hide the module `{slug}`; choose "
            f"another name, as in `{slug}_exercise`"
        )


def write_all(files: Mapping[Path, str]) -> list[Path]:
    """Write files and the folders they need.

    Raises:
        OutputError
    """
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
    return list(files)


def _check_function(course: Course, function: str) -> None:
    if not function.isidentifier() or keyword.iskeyword(function):
        raise UsageError(f"`{function}` is no name of a Python function")
    for exercise in course.exercises.values():
        if function in (known.name for known in exercise.functions):
            raise UsageError(
                f"`{function}` is already a function of {exercise.slug}, and names are unique in "
                "a course; choose another one with --function"
            )


def _own_folder(path: PurePosixPath, function: str) -> PurePosixPath:
    """wrong_answer/NAME.py belongs to one function."""
    if path.parts[0] == "wrong_answer":
        return path.parent / function / path.name
    return path


def _suggested(slug: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", slug.casefold()).strip("_").lstrip("0123456789_")[:60]
    return name if _SLUG.fullmatch(name) else "leaky_relu"


def _in_words(slug: str) -> str:
    return slug.replace("_", " ").capitalize()
