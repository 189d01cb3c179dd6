"""`grader export`: marks for the institution's system."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.opened import opened
from grader.cli.options import assignment_option, course_option, gradebook_option
from grader.cli.output import shortest
from grader.errors import UsageError
from grader.model import Audience

if TYPE_CHECKING:
    from grader.batch.exporting import Export

__all__ = ["command"]

FILLED = ("canvas", "moodle")  # files that were downloaded there
RESULTS = ("gradescope", "junit")  # whole results, so an audience matters


@click.command("export")
@click.argument("form", metavar="FORMAT", type=click.Choice(("csv", *FILLED, *RESULTS)))
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

    OUT `-` is the standard output. gradescope writes one results.json for each student, into the
    folder OUT.
    """
    from grader.batch.exporting import STDOUT, Views, counted_marks, prepared
    from grader.batch.store import write_file
    from grader.exporters import refuse_lower

    _check_options(form, out, template, column, staff)
    with opened(course_folder, gradebook) as (course, book):
        chosen = course.chosen(assignment)
        with book.reading() as connection:
            counted = counted_marks(connection, course, chosen)
        views = Views(
            course=course,
            assignment=chosen,
            private=book.path.parent,
            audience=Audience.STAFF if staff else Audience.STUDENT,
        )
    export = prepared(form, out, counted, views, template=template, column=column)
    is_shown = out == STDOUT  # what is told goes elsewhere then
    _tell(export, dry_run=dry_run, allow_lower=allow_lower, err=is_shown)
    if not (allow_lower or dry_run):
        refuse_lower(export.changes)
    if dry_run:
        click.echo(f"nothing was written to {shortest(out)}: --dry-run", err=is_shown)
        return 0
    if is_shown:
        for _, text in export.files:
            click.echo(text, nl=False)
        return 0
    number = 0
    for path, text in export.files:
        write_file(path, text.encode(), 0o600)
        number += 1
    where = shortest(out) + (f": {number} results.json" if form == "gradescope" else "")
    click.echo(f"written: {where}")
    return 0


def _check_options(form: str, out: Path, template: Path | None, column: str, staff: bool) -> None:
    """Options that would do nothing are refused, so that nobody believes they did.

    Raises:
        UsageError: one does not go with the format.
    """
    if form in FILLED and template is None:
        raise UsageError(f"{form}: give the file as downloaded, with --template FILE")
    if form not in FILLED and template is not None:
        raise UsageError(f"{form}: --template is for {' and '.join(FILLED)}; leave it out")
    if form != "canvas" and column:
        raise UsageError(f"{form}: --column is for canvas; leave it out")
    if form not in RESULTS and staff:
        raise UsageError(f"{form}: --staff is for {' and '.join(RESULTS)}; leave it out")
    if form == "gradescope" and str(out) == "-":
        raise UsageError("gradescope: it writes a folder of files; name one in place of -")
    if not out.parent.is_dir():
        raise UsageError(f"{out}: there is no folder {out.parent}; make it, or name another place")
    if form != "gradescope" and out.is_dir():
        raise UsageError(f"{out}: it is a folder; name a file to write to")


def _tell(export: Export, *, dry_run: bool, allow_lower: bool, err: bool) -> None:
    from grader.exporters.marks import shown

    for one in export.changes:
        lower = "  lower: see --allow-lower" if one.is_lower and not allow_lower else ""
        if dry_run or not lower:
            click.echo(f"{one.student}: {shown(one.before)} → {shown(one.after)}{lower}", err=err)
    for remark in export.remarks:
        click.echo(f"grader: {remark}", err=True)
