"""`grader calibrate`: what the reference reaches, and the band of accuracy that follows."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, load, tier_option
from grader.cli.output import console
from grader.cli.training import tell_of_subset
from grader.model import Isolation

__all__ = ["command"]


@click.command("calibrate")
@click.argument("slug", metavar="EXERCISE")
@click.option("--seeds", default=8, show_default=True, type=click.IntRange(2, 100))
@click.option("--data", type=click.Choice(["auto", "full", "subset"]), default="auto")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), default="auto")
@click.option("--dry-run", is_flag=True, help="Print the table, write nothing.")
@course_option
@tier_option
def command(
    slug: str,
    seeds: int,
    data: str,
    device: str,
    dry_run: bool,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Train the reference of EXERCISE with several seeds and set its band of accuracy.

    Every seed has a split of its own. Prints mean, spread, the gate with the probability that a
    solution as good as the reference misses it, and the distance to the official test images;
    writes them into exercise.toml.
    """
    from grader.calibrate import calibrate, gate_text, write_gate
    from grader.sandbox import Sandbox

    exercise = load(course_folder).exercise(slug)
    tell_of_subset([exercise], data)
    screen = console(stderr=True)
    with Sandbox(required=Isolation(tier)) as sandbox, screen.status("calibrating") as status:
        found = calibrate(
            exercise,
            sandbox,
            seeds=seeds,
            data=data,  # type: ignore[arg-type]  # click has checked the choice
            device=device,
            told=lambda text: status.update(f"calibrating: {text}"),
        )
    for number, (share, used, cpu) in enumerate(
        zip(found.accuracies, found.used, found.cpu_seconds, strict=True)
    ):
        click.echo(f"seed {number}: {share:.2%}, {used:.2f} reference epochs, {cpu:.1f} s CPU")
    click.echo(
        f"mean {found.mean:.2%}, sd {100 * found.sd:.3f} points; full credit from "
        f"{found.full_from:.1%}, which the reference misses with probability "
        f"{found.false_fail:.2g}; official test set {100 * found.official_difference:+.2f} points"
    )
    if dry_run:
        click.echo(gate_text(found))
    else:
        click.echo(f"written to {write_gate(exercise, found)}")
    return 0
