"""`grader gradebook`: look at marks, change one with a reason, and a person's data."""

from __future__ import annotations

import datetime
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.options import (
    assignment_option,
    chosen_assignment,
    course_option,
    gradebook_option,
    gradebook_path,
    load,
)
from grader.cli.output import class_table, console, number
from grader.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from grader.catalog import Assignment, Course
    from grader.gradebook import Gradebook
    from grader.gradebook.marks import Mark
    from grader.gradebook.people import Person

__all__ = ["command"]


@click.group("gradebook")
def command() -> None:
    """Look at marks and correct them; export, erase or purge what is known of people."""


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


def mark_of(connection: Connection, course: Course, assignment: Assignment, person: Person) -> Mark:
    """What a person has in an assignment.

    Raises:
        UsageError: nothing.
    """
    from grader.gradebook.marks import marks

    every = marks(connection, assignment.name, assignment.settings, course.settings.time_zone)
    found = next((mark for mark in every if mark.pseudonym == person.pseudonym), None)
    if found is None:
        raise UsageError(f"`{person.student}` has handed nothing in for {assignment.name}")
    return found


def attempt_of(connection: Connection, assignment: Assignment, person: Person, number_: int) -> int:
    """The row of one attempt of a person.

    Raises:
        UsageError: there is none of this number.
    """
    from sqlalchemy import text

    found = connection.execute(
        text(
            "SELECT attempt_id FROM marks WHERE assignment = :assignment "
            "AND pseudonym = :who AND number = :number"
        ),
        {"assignment": assignment.name, "who": person.pseudonym, "number": number_},
    ).scalar()
    if found is None:
        raise UsageError(f"`{person.student}` has no attempt {number_} in {assignment.name}")
    return int(found)


def points_of(text: str) -> Fraction:
    """Points as typed: 3, 2.5 or 5/2.

    Raises:
        UsageError: something else.
    """
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise UsageError(f"`{text}`: points are a number such as 3, 2.5 or 5/2") from None


@command.command("show")
@click.argument("student", required=False)
@assignment_option
@gradebook_option
@course_option
def show(
    student: str | None, assignment: str | None, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Show the marks of a class, or everything about one student's."""
    from grader.batch.class_file import class_file
    from grader.gradebook import opinions
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book), book.reading() as connection:
        chosen = chosen_assignment(course, assignment)
        if student is None:
            content = class_file(connection, course, chosen, [])
            console().print(class_table(content))
            for line in content.stale_overrides:
                click.echo(f"an override that no longer counts: {line}")
            return 0
        who = person(connection, student)
        mark = mark_of(connection, course, chosen, who)
        points = number(mark.points) if mark.points is not None else "none"
        click.echo(f"{who.student}  {who.name}")
        click.echo(f"points     {points} (attempt {mark.number} of {mark.attempts})")
        click.echo(f"reference  {mark.reference}")
        for row in opinions.overrides_of(connection, who.pseudonym):
            given = "taken back" if row.points is None else number(row.points)
            click.echo(f"override   {given}, attempt {row.number}, by {row.author}: {row.reason}")
    return 0


@command.command("override")
@click.argument("student")
@click.argument("points")
@click.option("--reason", required=True, help="Why; the student may ask for it.")
@click.option("--attempt", type=int, help="Default: the attempt that counts.")
@author_option
@assignment_option
@gradebook_option
@course_option
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
    """Set the points of one student; POINTS `graded` lets the graded points count again."""
    from grader.gradebook import opinions
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book), book.writing() as connection:
        chosen = chosen_assignment(course, assignment)
        who = person(connection, student)
        before = mark_of(connection, course, chosen, who)
        place = attempt_of(connection, chosen, who, attempt or before.number)
        if points == "graded":
            opinions.take_back(connection, place, who.pseudonym, reason=reason, author=author)
        else:
            given = points_of(points)
            opinions.override(connection, place, who.pseudonym, given, reason=reason, author=author)
        after = mark_of(connection, course, chosen, who)
    old, new = (number(m.points) if m.points is not None else "none" for m in (before, after))
    click.echo(f"{who.student}: {old} → {new}")
    return 0


@command.command("comment")
@click.argument("student")
@click.argument("text")
@click.option("--attempt", type=int, help="Default: the attempt that counts.")
@author_option
@assignment_option
@gradebook_option
@course_option
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
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book), book.writing() as connection:
        chosen = chosen_assignment(course, assignment)
        who = person(connection, student)
        mark = mark_of(connection, course, chosen, who)
        place = attempt_of(connection, chosen, who, attempt or mark.number)
        opinions.add_comment(connection, place, text, author=author)
    return 0


@command.command("export-person")
@click.argument("student")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Default: stdout.")
@gradebook_option
@course_option
def export_person(
    student: str, out: Path | None, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Everything that the gradebook holds about one person, as JSON, for them."""
    from grader.batch.store import write_file
    from grader.gradebook import privacy
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (_, book), book.reading() as connection:
        data = privacy.to_json(privacy.export(connection, person(connection, student)))
    if out is None:
        click.echo(data)
    else:
        write_file(out, data.encode(), 0o600)
    return 0


@command.command("erase-person")
@click.argument("student")
@click.option("--yes", is_flag=True, help="Do not ask.")
@author_option
@gradebook_option
@course_option
def erase_person(
    student: str, yes: bool, author: str, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Delete who a person is, their submissions, results and pages; scores stay, nameless."""
    from grader.gradebook import privacy
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (_, book):
        with book.reading() as connection:
            who = person(connection, student)
            _, shared = privacy.units_of(connection, who.pseudonym)
        if not yes:
            click.confirm(f"Erase {who.student} {who.name}? This cannot be undone", abort=True)
        with book.writing() as connection:
            gone = privacy.erase(connection, book.path.parent, who, author=author)
        book.shred()
    for folder in gone:
        click.echo(f"deleted {folder}")
    if shared:
        click.echo(f"{len(shared)} submissions of groups stay: they are the other members' too")
    return 0


@command.command("purge")
@click.option("--older-than", type=int, required=True, metavar="DAYS", help="Age of an attempt.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@author_option
@gradebook_option
@course_option
def purge(
    older_than: int, yes: bool, author: str, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Delete submissions, results and replies of old attempts; marks stay."""
    from grader.gradebook import privacy
    from grader.gradebook.recording import utc

    before = utc(datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=older_than))
    if not yes:
        click.confirm(f"Delete the files of all attempts before {before}?", abort=True)
    with opened(course_folder, gradebook) as (_, book), book.writing() as connection:
        gone = privacy.purge(connection, book.path.parent, before, author=author)
    click.echo(f"{len(gone)} files deleted")
    return 0
