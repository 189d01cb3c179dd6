"""A new course: course.toml and what lies beside it; exercises come one by one."""

from __future__ import annotations

import json
from pathlib import Path

from grader.catalog import Course, load_course
from grader.errors import UsageError
from grader.scaffold.exercise import check_slug, new_exercise, write_all
from grader.scaffold.filling import filled

__all__ = ["new_course"]

_NO_ASSIGNMENT = """\
# [assignment.week1]             # which exercises are set together
# exercises = ["SLUG"]
# seed = 1                       # decides the random cases of the hidden tests
# due = 2030-01-31T23:59:00
"""
_ASSIGNMENT = """\
[assignment.week1]               # which exercises are set together
exercises = ["{slug}"]
seed = 1                         # decides the random cases of the hidden tests
"""


def new_course(
    root: Path, slug: str = "", *, function: str = "", title: str = ""
) -> tuple[Course, list[Path]]:
    """Write a course into `root`, with one exercise if `slug` names it.

    Args:
        root: a folder without course.toml; made if it is not there.
        slug, function: as for new_exercise.
        title: of the course; default: the folder's name in words.

    Raises:
        UsageError: there is a course already, or a name cannot be used. Nothing was written.
        OutputError: a file could not be written.
    """
    root = root.resolve()
    if (root / "course.toml").exists():
        raise UsageError(f"{root}: there is a course already; `grader new SLUG` adds an exercise")
    if slug:
        check_slug(slug)
    name = title or root.name.replace("_", " ").replace("-", " ").strip().capitalize() or "Course"
    files = _files(root, name, _NO_ASSIGNMENT)
    written = write_all({path: text for path, text in files.items() if not path.exists()})
    if slug:
        written += new_exercise(load_course(root), slug, function=function)
        settings = root / "course.toml"
        write_all({settings: _files(root, name, _ASSIGNMENT.format(slug=slug))[settings]})
    return load_course(root), written


def _files(root: Path, name: str, assignment: str) -> dict[Path, str]:
    # TOML and JSON quote alike
    values = {"title": name, "quoted": json.dumps(name, ensure_ascii=False)}
    filled_in = filled("course", {**values, "assignment": assignment})
    names = {"gitignore": ".gitignore"}
    return {root / names.get(path.name, path.name): text for path, text in filled_in.items()}
