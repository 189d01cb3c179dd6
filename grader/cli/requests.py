"""`grader requests`: students' questions about results, and the answers."""

from __future__ import annotations

import csv
from pathlib import Path

import click

from grader.cli.opened import author_option, opened, points_of
from grader.cli.options import course_option, gradebook_option
from grader.cli.output import number
from grader.errors import UsageError

__all__ = ["command"]

COLUMNS = ("reference", "student", "text")


@click.group("requests")
def command() -> None:
    """Take in, list and answer requests; each quotes the reference on the student's page."""


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@gradebook_option
@course_option
def import_(file: Path, gradebook: Path | None, course_folder: Path | None) -> int:
    """Take in a CSV with the columns reference, student and text; twice the same counts once."""
    from grader.gradebook import opinions
    from grader.gradebook.people import person

    columns, rows = _rows(file)
    new = refused = 0
    with opened(course_folder, gradebook) as (_, book):
        for line, cells in enumerate(rows, 2):
            try:
                row = _row(columns, cells)
                with book.writing() as connection:
                    who = person(connection, row["student"].strip())
                    new += opinions.add_request(
                        connection, row["reference"].strip(), who.pseudonym, row["text"]
                    )
            except UsageError as error:
                refused += 1
                click.echo(f"{file}, line {line}: {error}", err=True)
    click.echo(f"{new} new, {len(rows) - new - refused} known, {refused} refused")
    return 2 if refused else 0


def _rows(file: Path) -> tuple[list[str], list[list[str]]]:
    """The columns of a CSV of requests, and its rows.

    Raises:
        UsageError: it is none.
    """
    from grader.gradebook.tables import csv_rows

    try:
        columns, rows = csv_rows(file.read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file}: cannot be read ({error})") from None
    if not set(COLUMNS) <= set(columns):
        raise UsageError(
            f"{file}: it needs the columns {', '.join(COLUMNS)}; "
            f"its first line has {', '.join(columns) or 'none'}"
        )
    return columns, [row for row in rows if row]


def _row(columns: list[str], cells: list[str]) -> dict[str, str]:
    """Cells by column; those that a short row lacks are empty.

    Raises:
        UsageError: there are more cells than columns, so a text would be cut off.
    """
    if any(cells[len(columns) :]):
        raise UsageError(
            f"{len(cells)} cells, and the first line has {len(columns)}; "
            "put quotes around a text with the sign that parts cells"
        )
    return dict.fromkeys(columns, "") | dict(zip(columns, cells, strict=False))


@command.command("list")
@click.option("--all", "every", is_flag=True, help="Also those that are answered.")
@gradebook_option
@course_option
def list_(every: bool, gradebook: Path | None, course_folder: Path | None) -> int:
    """List the open requests, oldest first."""
    from grader.compare import clean
    from grader.gradebook import opinions

    with opened(course_folder, gradebook) as (_, book), book.reading() as connection:
        for row in opinions.list_requests(connection):
            if every or not row.answer:
                place = f"{row.id}  {row.student}  {row.assignment}  {row.reference}"
                click.echo(f"{place}\n    {clean(row.body, 2000)}")
                if row.answer:
                    click.echo(f"    answered: {clean(row.answer, 2000)}")
    return 0


@command.command("answer")
@click.argument("request", type=int)
@click.argument("text")
@click.option("--points", help="Set the student's points; TEXT is the reason.")
@author_option
@gradebook_option
@course_option
def answer(
    request: int,
    text: str,
    points: str | None,
    author: str,
    gradebook: Path | None,
    course_folder: Path | None,
) -> int:
    """Answer a request; with --points the answer is an override with its reason."""
    from grader.gradebook import opinions

    given = points_of(points) if points is not None else None
    with opened(course_folder, gradebook) as (_, book), book.writing() as connection:
        found = next((q for q in opinions.list_requests(connection) if q.id == request), None)
        if found is None:
            raise UsageError(f"there is no request {request}; see `grader requests list --all`")
        opinions.answer(connection, found, text, author=author, points=given)
    said = "" if given is None else f", {number(given)} points"
    click.echo(f"{found.student}: answered{said}; `grader regrade` puts it on the page")
    return 0
