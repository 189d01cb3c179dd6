"""`grader batch`: a class in; pages, a gradebook and class.json out."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from grader.catalog import Course
from grader.cli.execution import ExecutionChoice, execution_options
from grader.cli.options import (
    assignment_option,
    chosen_assignment,
    course_option,
    gradebook_option,
    gradebook_path,
    jobs_option,
    load,
    tier_option,
)
from grader.cli.output import class_table, console, shortest
from grader.model import Isolation

__all__ = ["command"]

PLAIN_EVERY_SECONDS = 10.0


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
    gradebook: Path | None,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Grade a class: folders or bulk zips with one submission or several per student.

    What is finished is stored at once; after Ctrl-C or a power cut the same command goes on.
    Writes a page per student to OUT, with what was executed beside it, and gradebook.db and
    class.json, which are for staff only.
    """
    from grader.batch.discovering import find, roster_of
    from grader.batch.executor import Local
    from grader.batch.grading import grade_class
    from grader.batch.locking import only_one
    from grader.batch.opening import open_job
    from grader.batch.publishing import publish
    from grader.batch.store import check_writable
    from grader.gradebook import Gradebook
    from grader.gradebook.recording import note, remember_pages
    from grader.sandbox import Sandbox

    course = load(course_folder)
    chosen = chosen_assignment(course, assignment)
    chosen = replace(chosen, exercises=execution.of(chosen.exercises))
    path = gradebook_path(course, gradebook)
    out = (out or course.root / "reports" / chosen.name).resolve()
    check_writable(out)
    with Gradebook(path) as book, only_one(path.parent / "batch.lock"):
        known = roster_of(course, roster, book)
        owned, remarks = find(paths, chosen, book, known, layout=layout, pattern=pattern)
        job = open_job(
            course,
            chosen,
            out=out,
            private=path.parent,
            open_sandbox=partial(Sandbox, required=Isolation(tier)),
            times=times,
        )
        with book.writing() as connection:
            remember_pages(connection, chosen.name, str(out))
        chunk = -(-len(owned) // (4 * jobs))
        with _progress(len(owned)) as progress:
            summary = grade_class(
                job, owned, book, Local(jobs), chunk=chunk, listen=progress.listen
            )
        remarks += summary.problems
        with book.writing() as connection:
            note(connection, "batch", f"{chosen.name}: {summary.graded} graded")
        written = publish(book, course, chosen, path.parent, out, remarks)
    _tell(course, summary, remarks)
    console().print(class_table(written.content))
    click.echo(f"\nFor staff: {shortest(written.page)}, {shortest(written.json)}")
    click.echo(f"Feedback:  {shortest(out)}/STUDENT/index.html")
    return 3 if summary.void else (4 if not written.content.students else 0)


class _Progress:
    """What is said on stderr while it runs: a bar for a person, a line now and then for a log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._started = self._said = time.monotonic()
        self._done = 0
        self._verdicts: Counter[str] = Counter()

    def listen(self, student: str, row: object, problem: str = "") -> None:
        self._done += 1
        for function in getattr(row, "functions", ()):
            self._verdicts[function.verdict] += 1
        self.say(student, problem)

    def text(self) -> str:
        """42 of 300 · 9.1/s · 28 s left · PASSED 120, FAILED 9"""
        seconds = time.monotonic() - self._started
        rate = self._done / seconds if seconds > 0 else 0.0
        left = f"{(self._total - self._done) / rate:.0f} s left" if rate else "…"
        counts = ", ".join(f"{name} {n}" for name, n in self._verdicts.most_common())
        return f"{self._done} of {self._total} · {rate:.1f}/s · {left} · {counts}"

    def say(self, student: str, problem: str) -> None:
        del student, problem
        if time.monotonic() - self._said >= PLAIN_EVERY_SECONDS or self._done == self._total:
            self._said = time.monotonic()
            click.echo(self.text(), err=True)


@contextlib.contextmanager
def _progress(total: int) -> Iterator[_Progress]:
    try:
        with _shown_progress(total) as progress:
            yield progress
    except KeyboardInterrupt:
        click.echo("what was finished is stored; the same command goes on from there", err=True)
        raise


@contextlib.contextmanager
def _shown_progress(total: int) -> Iterator[_Progress]:
    if not sys.stderr.isatty():
        yield _Progress(total)
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}"))
    # drawn when something is recorded: a thread that draws must not be there when shards fork
    with Progress(
        *columns, console=console(stderr=True), transient=True, auto_refresh=False
    ) as bar:
        progress = _Progress(total)
        task = bar.add_task("starting", total=total)

        def draw(student: str, problem: str) -> None:
            bar.update(task, advance=1, description=progress.text(), refresh=True)
            if problem:
                bar.console.print(f"{student}: see below", markup=False)

        progress.say = draw  # type: ignore[method-assign]  # another way to say the same
        yield progress


def _tell(course: Course, summary: object, remarks: list[str]) -> None:
    del course
    parts = {
        "graded": "graded",
        "copied": "taken from identical files",
        "kept": "graded before",
        "outdated": "of them by other tests or on another machine (see: grader regrade)",
        "void": "void: the grader's or the author's fault",
    }
    said = [f"{getattr(summary, k)} {words}" for k, words in parts.items() if getattr(summary, k)]
    click.echo(", ".join(said) or "nothing to grade")
    for remark in remarks:
        click.echo(f"grader: {remark}", err=True)
