"""`grader verify`: the proof of each exercise, and what is wrong with it."""

from __future__ import annotations

import time
from pathlib import Path

import click

from grader.cli.options import course_option, load, tier_option
from grader.cli.output import console, number
from grader.model import Isolation

__all__ = ["command"]


@click.command("verify")
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--all", "every", is_flag=True, help="All exercises; the default without SLUG.")
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1, 100))
@click.option("--points", is_flag=True, help="Print what each hidden test is worth.")
@course_option
@tier_option
def command(
    slugs: tuple[str, ...],
    every: bool,
    seeds: int,
    points: bool,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Prove exercises: accepted solutions pass, wrong answers fail with their own hint.

    Exits with 2 if a finding is left; each names file, problem and remedy.
    """
    from rich.table import Table

    from grader.sandbox import Sandbox
    from grader.verify import prove

    course = load(course_folder)
    chosen = [course.exercise(slug) for slug in slugs] or list(course.exercises.values())
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("exercise")
    for title in ("tests", "accepted", "wrong answers", "own hint", "samples", "seconds"):
        table.add_column(title, justify="right")
    table.add_column("")
    findings = []
    with Sandbox(required=Isolation(tier)) as sandbox:
        for exercise in chosen:
            started = time.monotonic()
            proof = prove(exercise, sandbox, seeds=seeds)
            findings += proof.findings
            table.add_row(
                exercise.slug,
                *map(str, (len(proof.plans), proof.accepted, proof.wrong_answers, proof.hinted)),
                str(proof.samples),
                f"{time.monotonic() - started:.1f}",
                "[green]proved[/green]" if proof.holds else f"[red]{len(proof.findings)} findings",
            )
            if points:
                for plan in proof.plans:
                    click.echo(f"{number(proof.points[plan.id]):>6}  {plan.id}")
    console().print(table)
    for finding in findings:
        click.echo(f"{finding.path}: {finding.problem}\n    {finding.remedy}")
    return 2 if findings else 0
