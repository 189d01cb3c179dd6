"""`grader gradebook export-person`, `erase-person`, `purge`: what is known of people."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.opened import author_option, opened
from grader.cli.options import course_option, gradebook_option
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.catalog import Course
    from grader.gradebook import Gradebook

__all__ = ["erase_person", "export_person", "purge"]


def yes_option(function: click.decorators.FC) -> click.decorators.FC:
    """--yes: do not ask."""
    return click.option("--yes", is_flag=True, help="Do not ask.")(function)


@click.command("export-person")
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


@click.command("erase-person")
@click.argument("student")
@yes_option
@author_option
@gradebook_option
@course_option
def erase_person(
    student: str, yes: bool, author: str, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Delete who a person is, their submissions, results and pages; scores stay, nameless."""
    from grader.batch.locking import only_one
    from grader.gradebook import privacy
    from grader.gradebook.people import person

    with opened(course_folder, gradebook) as (course, book):
        private = book.path.parent
        with book.reading() as connection:
            who = person(connection, student)
            _, shared = privacy.units_of(connection, who.pseudonym)
        if not (yes or click.confirm(f"Erase {who.student} {who.name}? This cannot be undone")):
            click.echo("nothing was deleted")
            return 0
        with only_one(private / "batch.lock"):
            with book.writing() as connection:
                gone = privacy.erase(connection, private, who, author=author)
            book.shred()
            for folder in gone:
                click.echo(f"deleted {folder}")
            _publish_again(course, book)
    if shared:
        click.echo("what groups handed in stays, since it is the other members' too; if a group's")
        click.echo("page was deleted for its name, `grader regrade` makes it anew")
    click.echo("not touched: what you grade from, exports, backups, course.toml and the roster")
    return 0


def _publish_again(course: Course, book: Gradebook) -> None:
    """class.json and the pages of the class without who was erased; deleted if that fails."""
    from grader.batch.publishing import publish, published
    from grader.gradebook.recording import pages_folder

    for assignment in course.assignments.values():
        there = [path for path in published(book.path.parent, assignment) if path.exists()]
        if not there:
            continue
        for path in there:
            path.unlink()
        with book.reading() as connection:
            out = Path(pages_folder(connection, assignment.name))
        try:
            publish(book, course, assignment, book.path.parent, out, [])
        except GraderError as error:
            click.echo(f"grader: deleted and not made anew: {there[0].parent} ({error})", err=True)


@click.command("purge")
@click.option(
    "--older-than",
    type=click.IntRange(0),
    required=True,
    metavar="DAYS",
    help="Age of an attempt.",
)
@yes_option
@author_option
@gradebook_option
@course_option
def purge(
    older_than: int, yes: bool, author: str, gradebook: Path | None, course_folder: Path | None
) -> int:
    """Delete submissions, results and replies of old attempts; marks and pages stay."""
    from grader.batch.locking import only_one
    from grader.gradebook import privacy
    from grader.gradebook.recording import utc

    before = utc(datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=older_than))
    with opened(course_folder, gradebook) as (_, book):
        if not (yes or click.confirm(f"Delete the files of all attempts before {before}?")):
            click.echo("nothing was deleted")
            return 0
        with only_one(book.path.parent / "batch.lock"), book.writing() as connection:
            gone = privacy.purge(connection, book.path.parent, before, author=author)
    click.echo(f"{len(gone)} files deleted")
    return 0
