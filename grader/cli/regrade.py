"""`grader regrade`: what other tests or hints make of submissions that are graded already."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from grader.cli.execution import ExecutionChoice, execution_options
from grader.cli.opened import opened
from grader.cli.options import (
    assignment_option,
    chosen_assignment,
    course_option,
    gradebook_option,
    jobs_option,
    tier_option,
)
from grader.cli.output import number, shortest
from grader.model import Isolation

__all__ = ["command"]


@click.command("regrade")
@click.option("--dry-run", is_flag=True, help="Tell whose score would change; store nothing.")
@click.option("--allow-lower", is_flag=True, help="Let scores become lower than they are.")
@execution_options
@jobs_option
@assignment_option
@gradebook_option
@course_option
@tier_option
def command(
    dry_run: bool,
    allow_lower: bool,
    execution: ExecutionChoice,
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
    from grader.batch.opening import open_job
    from grader.batch.publishing import publish
    from grader.batch.regrade import regrade
    from grader.gradebook.opinions import stale_overrides
    from grader.gradebook.recording import pages_folder
    from grader.sandbox import Sandbox

    with opened(course_folder, gradebook) as (course, book):
        chosen = chosen_assignment(course, assignment)
        chosen = replace(chosen, exercises=execution.of(chosen.exercises))
        private = book.path.parent
        with book.reading() as connection:
            pages = pages_folder(connection, chosen.name)
        out = Path(pages or course.root / "reports" / chosen.name)
        with only_one(private / "batch.lock"):
            job = open_job(
                course,
                chosen,
                out=out,
                private=private,
                open_sandbox=partial(Sandbox, required=Isolation(tier)),
            )
            summary, changed = regrade(
                job,
                book,
                Local(jobs),
                chunk=8,
                listen=lambda student, row, problem="": None,
                is_dry=dry_run,
                allow_lower=allow_lower,
            )
            with book.reading() as connection:
                stale = stale_overrides(connection, chosen.name)
            if not dry_run:
                written = publish(book, course, chosen, private, out, summary.problems)
    for one in sorted(changed, key=lambda one: one.student):
        before = number(one.before) if one.before is not None else "none"
        held = "  kept back: lower, see --allow-lower" if one.is_held else ""
        click.echo(f"{one.student}, attempt {one.attempt}: {before} → {number(one.after)}{held}")
    would = "would change" if dry_run else "changed"
    moved = sum(not one.is_held for one in changed)
    click.echo(
        f"{moved} scores {would}, {len(changed) - moved} kept back, "
        f"{summary.graded} results made anew, {summary.kept} up to date"
    )
    for row in stale:
        given = number(row.points) if row.points is not None else "none"
        click.echo(
            f"an override no longer counts, since what it judged changed: {row.student}, "
            f"attempt {row.number}, {given} points by {row.author}: {row.reason}"
        )
    for problem in summary.problems:
        click.echo(f"grader: {problem}", err=True)
    if not dry_run:
        click.echo(f"For staff: {shortest(written.page)}, {shortest(written.json)}")
    return 3 if summary.void else 0
