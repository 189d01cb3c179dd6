"""`grader batch`: a class in; pages, a gradebook and class.json out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.execution import ExecutionChoice, execution_options
from grader.cli.options import (
    assignment_option,
    course_option,
    gradebook_option,
    gradebook_path,
    jobs_option,
    load,
    tier_option,
)
from grader.cli.output import class_table, console, label, shortest, show_stale
from grader.cli.progress import class_progress
from grader.cli.training import TrainingChoice, training_options
from grader.model import Isolation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.batch.class_file import ClassFile
    from grader.batch.identity import Owned
    from grader.batch.job import ClassJob, Listener, Summary
    from grader.catalog import Assignment
    from grader.gradebook import Gradebook
    from grader.gradebook.people import Person

__all__ = ["command"]


@click.command("batch")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@assignment_option
@jobs_option
@click.option("--roster", type=click.Path(path_type=Path, dir_okay=False), help="CSV of the class.")
@click.option(
    "--layout",
    type=click.Choice(["auto", "plain", "moodle", "canvas", "gradescope", "nbgrader"]),
    default="auto",
    show_default=True,
    help="How the submissions are laid out.",
)
@click.option("--pattern", default="", metavar="REGEX", help="Names with (?P<student>…) in them.")
@click.option(
    "--times",
    type=click.Choice(["layout", "files"]),
    default="layout",
    show_default=True,
    help="When a submission came: as its layout says, or its newest file.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for pages; default: reports/ASSIGNMENT of the course.",
)
@execution_options
@training_options
@gradebook_option
@course_option
@tier_option
def command(
    paths: tuple[Path, ...],
    assignment: str | None,
    jobs: int,
    roster: Path | None,
    layout: str,
    pattern: str,
    times: str,
    out: Path | None,
    execution: ExecutionChoice,
    training: TrainingChoice,
    gradebook: Path | None,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Grade a class: folders or bulk zips with one submission or several per student.

    What is finished is stored at once; after Ctrl-C or a power cut the same command goes on.
    Writes a page per student to OUT, with what was executed beside it, and gradebook.db and
    class.json, which are for staff only.
    """
    from grader.batch.discovering import absent_from, find, roster_of
    from grader.batch.locking import only_one
    from grader.batch.opening import open_job
    from grader.batch.publishing import publish
    from grader.batch.store import check_writable
    from grader.gradebook import Gradebook
    from grader.gradebook.opinions import stale_overrides
    from grader.sandbox import Sandbox

    course = load(course_folder)
    chosen = course.chosen(assignment)
    chosen = replace(chosen, exercises=execution.of(chosen.exercises))
    path = gradebook_path(course, gradebook)
    out = (out or course.root / "reports" / chosen.name).resolve()
    check_writable(out)
    with Gradebook(path) as book, only_one(path.parent / "batch.lock"):
        known = roster_of(course, roster, book)
        found = find(paths, chosen, book, known, layout=layout, pattern=pattern, times=times)
        job = open_job(
            course,
            chosen,
            out=out,
            private=path.parent,
            open_sandbox=partial(Sandbox, required=Isolation(tier)),
            times=times,
            training=training.options(lambda text: None, chosen.exercises),
        )
        with class_progress(len(found.owned)) as progress:
            summary = _graded_class(job, found.owned, book, jobs, listen=progress.listen)
        remarks = [*found.remarks, *summary.problems]
        written = publish(book, course, chosen, path.parent, out, remarks)
        with book.reading() as connection:
            stale = stale_overrides(connection, chosen.name)
            absent = absent_from(connection, chosen.name, known, found.students)
    _tell(summary)
    show_stale(stale)
    for remark in remarks:
        click.echo(f"grader: {remark}", err=True)
    console().print(class_table(written.content))
    _tell_untimed(chosen, written.content)
    _tell_absent(absent)
    click.echo(f"\nFor staff: {shortest(written.page)}, {shortest(written.json)}")
    click.echo(f"Feedback:  {shortest(out)}/STUDENT/index.html")
    return 3 if summary.void else (4 if not written.content.students else 0)


def _graded_class(
    job: ClassJob, owned: Sequence[Owned], book: Gradebook, jobs: int, *, listen: Listener
) -> Summary:
    """Grade in `jobs` processes; where pages go, and that it ran, is kept in the gradebook."""
    from grader.batch.executor import Local
    from grader.batch.grading import grade_class
    from grader.gradebook.recording import note, remember_pages

    name = job.assignment.name
    with book.writing() as connection:
        remember_pages(connection, name, str(job.out))
    chunk = -(-len(owned) // (4 * jobs))
    summary = grade_class(job, owned, book, Local(jobs), chunk=chunk, listen=listen)
    with book.writing() as connection:
        note(connection, "batch", f"{name}: {summary.graded} graded")
    return summary


def _tell_absent(absent: Sequence[Person]) -> None:
    if absent:
        listed = ", ".join(label(one.student) for one in absent)
        click.echo(f"\nOf the roster, {len(absent)} handed nothing in: {listed}")


def _tell_untimed(assignment: Assignment, content: ClassFile) -> None:
    """How many students a late rule cannot reach."""
    settings = assignment.settings
    if settings.due is None or settings.late.rule == "none":
        return
    untimed = sum(row.points is not None and row.handed_in is None for row in content.students)
    if untimed:
        click.echo(
            f"\nOf {untimed} nobody knows when they handed in, so they count as on time, though "
            "the assignment has a late rule (see: --times files)"
        )


def _tell(summary: Summary) -> None:
    parts = {
        "graded": "graded",
        "copied": "taken from identical files",
        "kept": "graded before",
        "outdated": "of them by other tests or on another machine (see: grader regrade)",
        "timed": "whose time was not known and is now",
        "held": "lower than before and kept back (see: grader regrade --allow-lower)",
        "void": "void: the grader's or the author's fault",
    }
    said = [f"{getattr(summary, k)} {words}" for k, words in parts.items() if getattr(summary, k)]
    click.echo(", ".join(said) or "nothing to grade")
