"""`grader report`: feedback pages again, from results that are stored."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.catalog import Course
from grader.cli.options import course_option, load
from grader.cli.output import shortest
from grader.errors import UsageError
from grader.model import Attempt, Audience, Show

if TYPE_CHECKING:
    from sqlalchemy import Connection

__all__ = ["command"]


@click.command("report")
@click.argument("attempts", nargs=-1, metavar="[ATTEMPT]...")
@click.option("--all", "every", is_flag=True, help="Every attempt that `grader grade` has stored.")
@click.option("--staff", is_flag=True, help="The staff's page, in gradebook/pages.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for students' pages; default: reports/ of the course.",
)
@click.option("--open", "is_opened", is_flag=True, help="Open the first page in a browser.")
@course_option
def command(
    attempts: tuple[str, ...],
    every: bool,
    staff: bool,
    out: Path | None,
    is_opened: bool,
    course_folder: Path | None,
) -> int:
    """Render the page of ATTEMPT again: nothing is run, and no score changes.

    ATTEMPT is a results.json, a .staff.json, the reference on the page, a submission's name, or
    a student of the class. From a results.json the page beside it is rendered.
    """
    if bool(attempts) == every:
        raise UsageError("name an attempt, or give --all")
    pages = list(_pages(attempts, staff, out, course_folder))
    for page in pages:
        click.echo(shortest(page))
    if not pages:
        raise UsageError(
            "`grader grade` has stored no results here; for those of a class name a student, or "
            "make all pages again with `grader regrade`"
        )
    if is_opened:
        click.launch(pages[0].resolve().as_uri())
    return 0


def _pages(
    attempts: tuple[str, ...], staff: bool, out: Path | None, course_folder: Path | None
) -> Iterator[Path]:
    from grader.report.again import newest_of_each, read_results, stored_results

    files = [Path(name) for name in attempts if Path(name).is_file()]
    for path in files:
        attempt = read_results(path)
        if attempt.audience is Audience.STUDENT:
            yield _write(attempt, path.with_name("index.html"), private=False)
        else:
            yield _from_staff(load(course_folder), path, staff, out)
    names: list[str | None] = [name for name in attempts if not Path(name).is_file()]
    if attempts and not names:
        return
    course = load(course_folder)
    for name in names or [None]:
        private = course.root / "gradebook"
        stored = newest_of_each(stored_results(private, name))
        if name is not None and not stored and not (stored := _of_student(course, name)):
            raise UsageError(f"{name}: no results of this reference, name or student in {private}")
        for path in stored:
            yield _from_staff(course, path, staff, out)


def _of_student(course: Course, name: str) -> list[Path]:
    """A student's newest results of each assignment, if the class has such a student."""
    from grader.gradebook.people import person
    from grader.report.again import read_results

    with _reading(course) as connection:
        if connection is None:
            return []
        try:
            pseudonym = person(connection, name).pseudonym
        except UsageError:
            return []
    folder = course.root / "gradebook" / "results" / pseudonym
    files = sorted(folder.glob("*.staff.json"), key=lambda path: path.stat().st_mtime)
    return list({read_results(path).assignment: path for path in files}.values())


def _from_staff(course: Course, path: Path, staff: bool, out: Path | None) -> Path:
    from grader.batch.store import page_path, places_of, show_attempt
    from grader.loader import folder_name
    from grader.report.again import read_results

    attempt = read_results(path)
    private = course.root / "gradebook"
    name = attempt.submission.name
    if staff:
        page = private / "pages" / f"{folder_name(name)}-{attempt.reference}.html"
        return _write(attempt, page, private=True)
    is_of_class = path.resolve().parent.parent == private / "results"  # a folder a pseudonym
    own = attempt.assignment if is_of_class and attempt.assignment in course.assignments else ""
    out = out or course.root / "reports" / own  # where `grader batch` puts it
    students = _students(course, attempt.assignment, path.parent.name) if is_of_class else []
    _tell(show_attempt(attempt, places_of(attempt, out, private), _show(course, attempt, students)))
    return page_path(out, name)


def _students(course: Course, assignment: str, unit: str) -> list[str]:
    """Who handed in as this person or group of the class."""
    from grader.gradebook.attempts import students_of

    with _reading(course) as connection:
        return [] if connection is None else students_of(connection, assignment, unit)


@contextlib.contextmanager
def _reading(course: Course) -> Iterator[Connection | None]:
    """The gradebook of the class, if it has one."""
    if not (course.root / "gradebook" / "gradebook.db").is_file():
        yield None
        return
    from grader.cli.opened import opened

    with opened(course.root, None) as (_, book), book.reading() as connection:
        yield connection


def _show(course: Course, attempt: Attempt, students: Sequence[str]) -> Show:
    """What the assignment shows these students at present; everything explained if it has none."""
    from grader.gradebook.late import Deadline

    chosen = course.assignments.get(attempt.assignment)
    if chosen is None:
        return Show.EXPLAIN
    deadline = Deadline(
        settings=chosen.settings,
        extension=chosen.settings.extension_of(students),
    )
    return deadline.show(datetime.datetime.now(datetime.UTC))


def _write(attempt: Attempt, page: Path, *, private: bool) -> Path:
    from grader.batch.store import write_file
    from grader.report import render_surely

    made = render_surely(attempt)
    _tell(made.problem)
    write_file(page, made.html.encode(), 0o600 if private else 0o644)
    return page


def _tell(problem: str) -> None:
    if problem:
        click.echo(f"grader: {problem}", err=True)
