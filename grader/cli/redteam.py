"""`grader redteam`: run the attack suite against the grader on this machine."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from grader.cli.options import tier_option
from grader.cli.output import console
from grader.model import Isolation

if TYPE_CHECKING:
    from grader.redteam import Outcome

__all__ = ["command"]

_STYLES = {"held": "green", "succeeded": "bold red", "skipped": "yellow"}


@click.command("redteam")
@click.option("--only", default="*", metavar="PATTERN", help="Rows or attacks, as in `read_*`.")
@click.option("--output-format", type=click.Choice(["table", "json"]), default="table")
@tier_option
def command(only: str, output_format: str, tier: str) -> int:
    """Attack the grader as installed here, and tell what was held.

    Every attack is handed in between two innocent submissions; its verdict, its points, what came
    back, the neighbours' scores and what it left behind are checked. Exits with 1 if any succeeded.
    """
    from grader.redteam import run

    def tell(text: str) -> None:
        click.echo(f"… {text}", err=True)

    outcomes = run(only, required=Isolation(tier), tell=tell)
    if not outcomes:
        click.echo(f"grader: no attack is called {only!r}", err=True)
        return 2
    if output_format == "json":
        _show_json(outcomes)
    else:
        _show_table(outcomes)
    return 1 if any(outcome.problems for outcome in outcomes) else 0


def _show_json(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        row = {
            "attack": outcome.attack.id,
            "form": outcome.form,
            "verdict": outcome.verdict,
            "problems": list(outcome.problems),
            "skipped": outcome.skipped,
        }
        click.echo(json.dumps(row))


def _show_table(outcomes: Sequence[Outcome]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", no_wrap=True, min_width=max(map(len, _STYLES)))
    table.add_column("attack", no_wrap=True, min_width=max(len(o.attack.id) for o in outcomes))
    table.add_column("what it tries", no_wrap=True)
    for outcome in outcomes:
        verdict = Text(outcome.verdict, style=_STYLES[outcome.verdict])
        form = " (as a notebook)" if outcome.form == "notebook" else ""
        table.add_row(verdict, outcome.attack.id, Text(outcome.attack.title + form))
    console().print(table)
    for outcome in outcomes:
        for problem in outcome.problems:
            click.echo(f"\n{outcome.attack.id} ({outcome.form}): {_shown(problem)}")
    click.echo(f"\n{_summary(outcomes)}")


def _shown(text: str) -> str:
    """What an attack made the grader say, fit for a terminal."""
    return "".join(c if c.isprintable() else "�" for c in text)


def _summary(outcomes: Sequence[Outcome]) -> str:
    """ "N attacks, 0 succeeded, N skipped (reason)"."""
    counts = Counter(outcome.verdict for outcome in outcomes)
    reasons = ", ".join(sorted({o.skipped for o in outcomes if o.skipped}))
    skipped = f"{counts['skipped']} skipped" + (f" ({reasons})" if reasons else "")
    return f"{len(outcomes)} attacks, {counts['succeeded']} succeeded, {skipped}"
