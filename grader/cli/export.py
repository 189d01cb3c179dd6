"""`grader export`: marks for the institution's system."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.catalog import Assignment, Course
from grader.cli.gradebook import opened
from grader.cli.options import assignment_option, chosen_assignment, course_option, gradebook_option
from grader.config import ExtensionSettings
from grader.errors import UsageError
from grader.model import Attempt, Audience, Show

if TYPE_CHECKING:
    from grader.exporters import Change, ExportMark
    from grader.gradebook import Gradebook

__all__ = ["command"]

FORMATS = ("csv", "canvas", "moodle", "gradescope", "junit")


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The file downloaded from Canvas or Moodle, to fill.",
)
@click.option("--column", default="", help="Canvas: the column to fill; default: the title.")
@click.option("--dry-run", is_flag=True, help="Print what would change, write nothing.")
@click.option("--allow-lower", is_flag=True, help="Let marks become lower than they are.")
@click.option("--staff", is_flag=True, help="junit, gradescope: also what students may not see.")
@assignment_option
@gradebook_option
@course_option
def command(
    form: str,
    out: Path,
    template: Path | None,
    column: str,
    dry_run: bool,
    allow_lower: bool,
    staff: bool,
    assignment: str | None,
    gradebook: Path | None,
    course_folder: Path | None,
) -> int:
    """Write marks to OUT: csv, canvas, moodle (fill a downloaded file), gradescope, junit.

    gradescope writes one results.json for each student, into the folder OUT.
    """
    from grader.batch.store import write_file

    with opened(course_folder, gradebook) as (course, book):
        chosen = chosen_assignment(course, assignment)
        if form in ("gradescope", "junit"):
            audience = Audience.STAFF if staff else Audience.STUDENT
            return _results(form, out, course, chosen, book, audience)
        marks = _marks(course, chosen, book)
    text, changes, missing = _filled(form, marks, template, chosen, column, allow_lower, out)
    for one in changes:
        click.echo(f"{one.student}: {_shown(one.before)} → {_shown(one.after)}")
    for student in missing:
        click.echo(f"grader: `{student}` has a mark and no row in {template}", err=True)
    if not dry_run:
        write_file(out, text.encode(), 0o600)
    return 0


def _shown(points: object) -> str:
    from fractions import Fraction

    from grader.exporters.marks import decimal

    return decimal(points) if isinstance(points, Fraction) else "none"


def _marks(course: Course, assignment: Assignment, book: Gradebook) -> list[ExportMark]:
    from grader.exporters import ExportMark
    from grader.gradebook.marks import marks

    with book.reading() as connection:
        return [
            ExportMark(
                student=mark.student,
                name=mark.name,
                email=mark.email,
                points=mark.points,
                max_points=mark.max_points,
                attempt=mark.number,
                handed_in=mark.handed_in or "",
                days_late=mark.days_late,
                external=json.loads(mark.external),
            )
            for mark in marks(
                connection, assignment.name, assignment.settings, course.settings.time_zone
            )
        ]


def _filled(
    form: str,
    marks: Sequence[ExportMark],
    template: Path | None,
    assignment: Assignment,
    column: str,
    allow_lower: bool,
    out: Path,
) -> tuple[str, Sequence[Change], Sequence[str]]:
    from grader import exporters

    if form == "csv":
        before = exporters.read_plain(out.read_text(encoding="utf-8")) if out.exists() else {}
        found = exporters.changes(marks, before)
        if not allow_lower:
            exporters.refuse_lower(found)
        return exporters.plain_csv(marks), found, ()
    if template is None:
        raise UsageError(f"{form}: give the file as downloaded, with --template FILE")
    try:
        text = template.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{template}: cannot be read ({error})") from None
    if form == "canvas":
        title = column or assignment.settings.title or assignment.name
        filled = exporters.canvas_csv(marks, text, column=title, allow_lower=allow_lower)
    else:
        filled = exporters.moodle_csv(
            marks, text, assignment=assignment.name, allow_lower=allow_lower
        )
    return filled.text, filled.changes, filled.missing


def _results(
    form: str,
    out: Path,
    course: Course,
    assignment: Assignment,
    book: Gradebook,
    audience: Audience,
) -> int:
    from grader.batch.store import write_file
    from grader.exporters import gradescope_json, junit_xml
    from grader.loader import folder_name

    attempts = _attempts(course, assignment, book, audience)
    if form == "junit":
        write_file(out, junit_xml(attempts).encode(), 0o600)
        return 0
    for attempt in attempts:
        folder = out / folder_name(attempt.submission.name)
        write_file(folder / "results.json", gradescope_json(attempt).encode(), 0o600)
    return 0


def _attempts(
    course: Course, assignment: Assignment, book: Gradebook, audience: Audience
) -> list[Attempt]:
    from grader.batch.store import stored_attempts
    from grader.gradebook.marks import marks
    from grader.scoring import filter_for

    settings = assignment.settings
    with book.reading() as connection:
        counted = list(marks(connection, assignment.name, settings, course.settings.time_zone))
        references = {mark.reference for mark in counted if mark.reference}
    shows = {
        mark.reference: _show(course, assignment, settings.extensions.get(mark.student))
        for mark in counted
    }
    found = stored_attempts(book.path.parent, references)
    return [filter_for(one, audience, show=shows[one.reference]) for one in found]


def _show(course: Course, assignment: Assignment, extension: ExtensionSettings | None) -> Show:
    """The most that a student may see now."""
    from grader.gradebook.late import Deadline

    settings, zone = assignment.settings, course.settings.time_zone
    deadline = Deadline(settings=settings, time_zone=zone, extension=extension)
    now = datetime.datetime.now(datetime.UTC)
    return settings.show_after if deadline.has_passed(now) else settings.show_before
