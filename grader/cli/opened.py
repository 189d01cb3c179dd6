"""What the commands share that look into a gradebook: opening it, and whose attempt is meant."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import gradebook_path, load
from grader.cli.output import number
from grader.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from grader.catalog import Assignment, Course
    from grader.gradebook import Gradebook
    from grader.gradebook.marks import Mark
    from grader.gradebook.people import Person

__all__ = [
    "Place",
    "author_option",
    "marks_of",
    "opened",
    "place_of",
    "points_of",
    "points_or_none",
]


_WITHOUT_ATTEMPT = (
    "for somebody who handed nothing in, let `grader batch` grade a folder with their id and an "
    "empty .py file in it, which is worth 0, and repeat this"
)


def author_option(function: click.decorators.FC) -> click.decorators.FC:
    """--author: who says so; it stays in the audit."""
    return click.option(
        "--author",
        default=getpass.getuser,
        show_default="your user name",
        envvar="GRADER_AUTHOR",
        help="Who does this; kept in the audit.",
    )(function)


@contextmanager
def opened(course_folder: Path | None, path: Path | None) -> Iterator[tuple[Course, Gradebook]]:
    """The course and its gradebook, which must be there.

    Raises:
        UsageError: there is none.
    """
    from grader.gradebook import Gradebook

    course = load(course_folder)
    place = gradebook_path(course, path)
    if not place.exists():
        raise UsageError(f"{place}: there is no gradebook yet; `grader batch` makes it")
    with Gradebook(place) as book:
        yield course, book


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One attempt of one student, in a transaction; `mark` is the student's, whichever counts."""

    connection: Connection
    course: Course
    assignment: Assignment
    person: Person
    mark: Mark
    attempt_id: int

    def mark_now(self) -> Mark:
        """The mark as it has become."""
        return marks_of(self.connection, self.course, self.assignment, self.person)[0]


@contextmanager
def place_of(
    course_folder: Path | None,
    gradebook: Path | None,
    assignment: str | None,
    student: str,
    attempt: int | None,
) -> Iterator[Place]:
    """Where a person's word goes: the attempt with this number, else the one that counts.

    Raises:
        UsageError: there is no such student or attempt.
    """
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book), book.writing() as connection:
        chosen = course.chosen(assignment)
        try:
            who = person(connection, student)
            mark, every = marks_of(connection, course, chosen, who)
        except UsageError as error:
            raise UsageError(f"{error}; {_WITHOUT_ATTEMPT}") from None
        wanted = mark.number if attempt is None else attempt
        found = next((one for one in every if one.number == wanted), None)
        if found is None:
            numbers = ", ".join(str(one.number) for one in every)
            raise UsageError(
                f"`{who.student}` has no attempt {wanted} in {chosen.name}; there is {numbers}"
            )
        yield Place(
            connection=connection,
            course=course,
            assignment=chosen,
            person=who,
            mark=mark,
            attempt_id=found.attempt_id,
        )


def marks_of(
    connection: Connection, course: Course, assignment: Assignment, person: Person
) -> tuple[Mark, list[Mark]]:
    """What a person has in an assignment, and what each attempt would be worth.

    Raises:
        UsageError: nothing was handed in.
    """
    from grader.gradebook.marks import attempts_of, counting_of

    settings = assignment.settings
    every = attempts_of(connection, assignment.name, settings, person.pseudonym)
    if not every:
        raise UsageError(f"`{person.student}` has handed nothing in for {assignment.name}")
    return counting_of(every, settings), every


def points_of(text: str) -> Fraction:
    """Points as typed: 3, 2.5 or 5/2.

    Raises:
        UsageError: something else.
    """
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"`{text}`: points are a number such as 3, 2.5 or 5/2") from None


def points_or_none(points: Fraction | None) -> str:
    """Points for a person, who may have none."""
    return "none" if points is None else number(points)
