"""Options and steps that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from grader.catalog import Course, find_course_root, load_course
from grader.model import Isolation

__all__ = [
    "Command",
    "assignment_option",
    "course_option",
    "gradebook_option",
    "gradebook_path",
    "jobs_option",
    "load",
    "tier_option",
    "with_options",
]

Command = TypeVar("Command", bound=Callable[..., Any])


def with_options(function: Callable[..., Any], options: Sequence[Callable[..., Any]]) -> Any:
    """A command with several options, listed in this order."""
    for option in reversed(options):
        function = option(function)
    return function


def course_option(function: Command) -> Command:
    """--course DIR: where course.toml lies."""
    return click.option(
        "--course",
        "course_folder",
        type=click.Path(path_type=Path, file_okay=False),
        envvar="GRADER_COURSE",
        help="Folder with course.toml; default: here or above.",
    )(function)


def assignment_option(function: Command) -> Command:
    """--assignment NAME: not needed if the course has one, or a default."""
    return click.option(
        "--assignment",
        metavar="NAME",
        help="Which assignment; default: `default` in course.toml, or the only one.",
    )(function)


def gradebook_option(function: Command) -> Command:
    """--gradebook FILE: where the marks are."""
    return click.option(
        "--gradebook",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar="GRADER_GRADEBOOK",
        help="The gradebook; default: gradebook/gradebook.db of the course.",
    )(function)


def gradebook_path(course: Course, named: Path | None) -> Path:
    """Where the gradebook of a course lies."""
    return named or course.root / "gradebook" / "gradebook.db"


def jobs_option(function: Command) -> Command:
    """--jobs N: how many submissions are graded at a time."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 256),
        default=lambda: len(os.sched_getaffinity(0)),
        show_default="one for each processor",
        help="How many to grade at a time.",
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
