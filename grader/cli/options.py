"""Options and steps that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.catalog import Course, find_course_root, load_course
from grader.model import Isolation

__all__ = ["course_option", "load", "tier_option"]

Command = TypeVar("Command", bound=Callable[..., Any])


def course_option(function: Command) -> Command:
    """--course DIR: where course.toml lies."""
    return click.option(
        "--course",
        "course_folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="GRADER_COURSE",
        help="Folder with course.toml; default: here or above.",
    )(function)


def tier_option(function: Command) -> Command:
    """--tier: the weakest isolation that will do."""
    return click.option(
        "--tier",
        type=click.Choice([Isolation.NAMESPACES.value, Isolation.LANDLOCK.value]),
        default=Isolation.NAMESPACES.value,
        envvar="GRADER_TIER",
        show_default=True,
        help="The weakest tier of isolation to accept; below it nothing runs.",
    )(function)


def load(course_folder: Path | None) -> Course:
    """The course in `course_folder`, or around the current folder.

    Raises:
        UsageError, CourseError.
    """
    return load_course(course_folder or find_course_root(Path.cwd()))
