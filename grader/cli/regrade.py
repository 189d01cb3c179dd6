"""`grader regrade`: what other tests or hints make of submissions that are graded already."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli.execution import ExecutionChoice, execution_options
from grader.cli.opened import opened, points_or_none
from grader.cli.options import (
    assignment_option,
    course_option,
    gradebook_option,
    jobs_option,
    tier_option,
)
from grader.cli.output import label, number, shortest, show_stale
from grader.cli.progress import class_progress
from grader.cli.training import TrainingChoice, training_options
from grader.errors import UsageError
from grader.model import Isolation

if TYPE_CHECKING:
    from grader.batch.regrade import Regraded

__all__ = ["command"]


@click.command("regrade")
@click.option("--dry-run", is_flag=True, help="Tell whose score would change; store nothing.")
@click.option("--allow-lower", is_flag=True, help="Let scores become lower than they are.")
@execution_options
@training_options
@jobs_option
@assignment_option
@gradebook_option
@course_option
@tier_option
def command(
    dry_run: bool,
    allow_lower: bool,
    execution: ExecutionChoice,
    training: TrainingChoice,
    jobs: int,
    assignment: str | None,
    gradebook: Path | None,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Run again only what changed, on the submissions that the gradebook keeps.

    An exercise whose tests or settings changed runs again; a changed hint, comment or template
    only makes new pages. A score never becomes lower without --allow-lower.
    """
    from grader.batch.executor import Local
    from grader.batch.locking import only_one
    from grader.batch.moved import moved_marks
    from grader.batch.opening import open_job
    from grader.batch.publishing import publish
    from grader.batch.regrade import recorded_attempts, regrade
    from grader.gradebook.recording import pages_folder
    from grader.sandbox import Sandbox

    with opened(course_folder, gradebook) as (course, book):
        chosen = course.chosen(assignment)
        chosen = replace(chosen, exercises=execution.of(chosen.exercises))
        private = book.path.parent
        with book.reading() as connection:
            pages = pages_folder(connection, chosen.name)
            total = len(recorded_attempts(connection, chosen.name))
            moved = list(moved_marks(connection, course, chosen, private))
        if not total:
            raise UsageError(f"{chosen.name}: nothing is graded yet; see `grader batch`")
        out = Path(pages or course.root / "reports" / chosen.name)
        with only_one(private / "batch.lock"):
            job = open_job(
                course,
                chosen,
                out=out,
                private=private,
                open_sandbox=partial(Sandbox, required=Isolation(tier)),
                training=training.options(lambda text: None, chosen.exercises),
            )
            with class_progress(total) as progress:
                done = regrade(
                    job,
                    book,
                    Local(jobs),
                    chunk=8,
                    listen=progress.listen,
                    is_dry=dry_run,
                    allow_lower=allow_lower,
                )
            if not dry_run:
                written = publish(book, course, chosen, private, out, done.summary.problems)
    _tell(done, dry_run=dry_run)
    for student, before, after in moved:
        points = f"{points_or_none(before)} → {points_or_none(after)}"
        click.echo(f"{label(student)}: the mark is another by the due date or late rule: {points}")
    if not dry_run:
        click.echo(f"For staff: {shortest(written.page)}, {shortest(written.json)}")
    return 3 if done.summary.void else 0


def _tell(done: Regraded, *, dry_run: bool) -> None:
    for one in sorted(done.changed, key=lambda one: one.student):
        held = "  kept back: lower, see --allow-lower" if one.is_held else ""
        before, after = points_or_none(one.before), number(one.after)
        click.echo(f"{label(one.student)}, attempt {one.attempt}: {before} → {after}{held}")
    summary, would = done.summary, "would be " if dry_run else ""
    moved = sum(not one.is_held for one in done.changed)
    click.echo(
        f"{moved} scores {would}changed, {len(done.changed) - moved} kept back; "
        f"{summary.graded} run again, {summary.pages} only {would}shown anew, "
        f"{summary.kept} left as they are"
    )
    show_stale(done.stale)
    show_stale(done.lost, would=True)
    for problem in summary.problems:
        click.echo(f"grader: {problem}", err=True)
