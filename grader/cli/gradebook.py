"""`grader gradebook`: look at marks, and change one with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.cli.opened import (
    author_option,
    marks_of,
    opened,
    place_of,
    points_of,
    points_or_none,
)
from grader.cli.options import assignment_option, course_option, gradebook_option
from grader.cli.output import class_table, console, label, number
from grader.cli.people import erase_person, export_person, purge

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from grader.batch.class_file import StudentRow
    from grader.gradebook.marks import Mark

__all__ = ["command"]


@click.group("gradebook")
def command() -> None:
    """Look at marks and correct them; export, erase or purge what is known of people."""


command.add_command(export_person)
command.add_command(erase_person)
command.add_command(purge)


def judging(function: click.decorators.FC) -> click.decorators.FC:
    """The options of a command that says something about one attempt."""
    decorated: Any = course_option(gradebook_option(assignment_option(author_option(function))))
    option = click.option(
        "--attempt", type=click.IntRange(1), help="Default: the attempt that counts."
    )
    judged: click.decorators.FC = option(decorated)
    return judged


@command.command("show")
@click.argument("student", required=False)
@assignment_option
@gradebook_option
@course_option
def show(
    student: str | None, assignment: str | None, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Show the marks of a class, or everything about one student's."""
    from grader.batch.class_file import class_file, student_row
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book), book.reading() as connection:
        chosen = course.chosen(assignment)
        if student is None:
            content = class_file(connection, course, chosen, [])
            console().print(class_table(content))
            for line in content.stale_overrides:
                click.echo(f"an override that no longer counts: {line}")
            return 0
        who = person(connection, student)
        mark, every = marks_of(connection, course, chosen, who)
        click.echo(label(f"{who.student}  {who.name}  {who.email}".rstrip()))
        for line in _mark_lines(mark, student_row(connection, mark)):
            click.echo(line)
        for one in every:
            click.echo(f"attempt {one.number}  {_attempt(one)}")
        for line in _word_lines(connection, who.pseudonym, every):
            click.echo(line)
    return 0


def _mark_lines(mark: Mark, row: StudentRow) -> Iterator[str]:
    most = points_or_none(mark.max_points)
    yield f"points     {points_or_none(mark.points)} of {most}{_because(mark)}"
    yield f"reference  {mark.reference or 'none: no result counts'}"
    yield "exercises  " + ", ".join(f"{slug} {number(p)}" for slug, p in row.exercises.items())
    wrong = [f"{name} {verdict}" for name, verdict in row.functions.items() if verdict != "PASSED"]
    yield "functions  " + (", ".join(wrong) or "all passed")


def _because(mark: Mark) -> str:
    """How the points came about, where the tests do not tell it."""
    parts = ["by an override"] if mark.is_overridden else []
    if mark.days_late:
        parts.append("1 day late" if mark.days_late == 1 else f"{mark.days_late} days late")
    if mark.graded != mark.points and mark.graded is not None:
        parts.append(f"{number(mark.graded)} before lateness")
    return f" ({', '.join(parts)})" if parts else ""


def _attempt(mark: Mark) -> str:
    came = mark.handed_in or "at a time that nobody knows"
    points = "no result counts" if mark.points is None else f"{number(mark.points)} points"
    return f"{points}, handed in {came}{_because(mark)}"


def _word_lines(connection: Connection, pseudonym: str, every: list[Mark]) -> Iterator[str]:
    """What people said: overrides, comments, requests and answers."""
    from grader.compare import clean
    from grader.gradebook import opinions

    ids = {mark.attempt_id for mark in every}
    for row in opinions.overrides_of(connection, pseudonym):
        if row.attempt_id in ids:
            given = "taken back" if row.points is None else number(row.points)
            yield f"override   {given}, attempt {row.number}, by {row.author}: {row.reason}"
    for mark in every:
        for said in opinions.comments_on(connection, mark.attempt_id):
            yield f"comment    attempt {mark.number}: {said}"
    for asked in opinions.list_requests(connection):
        if asked.pseudonym == pseudonym and asked.attempt_id in ids:
            yield f"request {asked.id}  {clean(asked.body, 2000)}"
            yield f"    answer: {clean(asked.answer, 2000)}" if asked.answer else "    open"


@command.command("override")
@click.argument("student")
@click.argument("points")
@click.option("--reason", required=True, help="Why; the student may ask for it.")
@judging
def override(
    student: str,
    points: str,
    reason: str,
    attempt: int | None,
    author: str,
    assignment: str | None,
    gradebook: Path | None,
    course_folder: Path | None,
) -> int:
    """Set the points of one student; POINTS `graded` lets the graded points count again.

    `grader regrade` tells the student, without the reason.
    """
    from grader.gradebook import opinions

    given: Fraction | None = None if points == "graded" else points_of(points)
    with place_of(course_folder, gradebook, assignment, student, attempt) as place:
        where = (place.connection, place.attempt_id, place.person.pseudonym)
        if given is None:
            opinions.take_back(*where, reason=reason, author=author)
        else:
            opinions.override(*where, given, reason=reason, author=author)
        old, new = place.mark.points, place.mark_now().points
        click.echo(f"{place.person.student}: {points_or_none(old)} → {points_or_none(new)}")
    click.echo("`grader regrade` puts it on the student's page and into class.json")
    return 0


@command.command("comment")
@click.argument("student")
@click.argument("text")
@judging
def comment(
    student: str,
    text: str,
    attempt: int | None,
    author: str,
    assignment: str | None,
    gradebook: Path | None,
    course_folder: Path | None,
) -> int:
    """Write a comment to one student; `grader regrade` puts it on their page."""
    from grader.gradebook import opinions

    with place_of(course_folder, gradebook, assignment, student, attempt) as place:
        opinions.add_comment(place.connection, place.attempt_id, text, author=author)
    click.echo("kept; `grader regrade` puts it on the page")
    return 0
