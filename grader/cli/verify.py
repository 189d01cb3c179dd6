"""`grader verify`: the proof of each exercise, and what is wrong with it."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.catalog import Exercise
from grader.cli.options import course_option, load, tier_option
from grader.cli.output import console, number
from grader.model import Isolation

if TYPE_CHECKING:
    from rich.table import Table

    from grader.verify import Finding, Proof, Survival

__all__ = ["command"]


@click.command("verify")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--all", "every", is_flag=True, help="All exercises; the default without SLUG.")
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1, 100))
@click.option("--points", is_flag=True, help="Print what each hidden test is worth.")
@click.option(
    "--mutants", "by_mutants", is_flag=True, help="Run generic mutants instead; list survivors."
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes to use.  [default: one a core]")
@course_option
@tier_option
def command(
    slugs: tuple[str, ...],
    every: bool,
    seeds: int,
    points: bool,
    by_mutants: bool,
    jobs: int | None,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Prove exercises: accepted solutions pass, wrong answers fail with their own hint.

    Exits with 2 if a finding is left; each names file, problem and remedy.
    """
    course = load(course_folder)
    chosen = [course.exercise(slug) for slug in slugs] or list(course.exercises.values())
    jobs = jobs or len(os.sched_getaffinity(0))
    if by_mutants:
        return _survival(chosen, jobs, Isolation(tier))
    return _proofs(chosen, jobs, Isolation(tier), seeds, points)


def _proofs(
    chosen: Sequence[Exercise], jobs: int, tier: Isolation, seeds: int, points: bool
) -> int:
    from grader.verify import prove_all

    started = time.monotonic()
    with _progress("runs") as advance:
        proofs = prove_all(chosen, jobs=jobs, required=tier, seeds=seeds, advance=advance)
    table = _table("tests", "accepted", "wrong answers", "own hint", "samples", "seconds")
    for proof in proofs:
        table.add_row(proof.slug, *_numbers(proof), f"{proof.seconds:.1f}", _verdict(proof))
        for plan in proof.plans if points else ():
            click.echo(f"{number(proof.points[plan.id]):>6}  {plan.id}")
    if len(proofs) > 1:
        totals = [str(sum(map(int, column))) for column in zip(*map(_numbers, proofs), strict=True)]
        holding = sum(proof.holds for proof in proofs)
        table.add_section()
        table.add_row(
            "total",
            *totals,
            f"{time.monotonic() - started:.1f}",
            f"{holding} of {len(proofs)}",
        )
    console().print(table)
    return _listed([finding for proof in proofs for finding in proof.findings])


def _numbers(proof: Proof) -> list[str]:
    counts = (len(proof.plans), proof.accepted, proof.wrong_answers, proof.hinted, proof.samples)
    return [str(count) for count in counts]


def _verdict(proof: Proof | Survival) -> str:
    if proof.findings:
        return f"[red]{len(proof.findings)} to mend"
    return "[green]proved[/green]"


def _survival(chosen: Sequence[Exercise], jobs: int, tier: Isolation) -> int:
    from grader.verify import survive_all

    started = time.monotonic()
    with _progress("mutants") as advance:
        found = survive_all(chosen, jobs=jobs, required=tier, advance=advance)
    table = _table("mutants", "survivors", "explained", "per cent", "seconds")
    for one in found:
        counts = (one.mutants, len(one.survivors), one.explained)
        share = 100 * len(one.survivors) / max(1, one.mutants)
        table.add_row(
            one.slug, *map(str, counts), f"{share:.1f}", f"{one.seconds:.1f}", _verdict(one)
        )
    if len(found) > 1:
        total, left = sum(o.mutants for o in found), sum(len(o.survivors) for o in found)
        explained = sum(one.explained for one in found)
        seconds = f"{time.monotonic() - started:.1f}"
        share = 100 * left / max(1, total)
        table.add_section()
        table.add_row("total", *map(str, (total, left, explained)), f"{share:.1f}", seconds, "")
    console().print(table)
    return _listed([finding for one in found for finding in one.findings])


def _table(*titles: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("exercise", no_wrap=True)
    for title in titles:
        table.add_column(title, justify="right")
    table.add_column("")
    return table


def _listed(findings: Sequence[Finding]) -> int:
    for finding in findings:
        click.echo(f"{finding.place}: {finding.problem}\n    {finding.remedy}")
    return 2 if findings else 0


@contextlib.contextmanager
def _progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere; told (done since then, of how many)."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

    screen = console()
    if not screen.is_terminal:
        yield lambda done, total: None
        return
    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)

        def advance(done: int, total: int) -> None:
            bar.update(task, advance=done, total=total, refresh=True)

        yield advance
