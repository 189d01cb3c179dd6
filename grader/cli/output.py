"""What commands print: rich tables, and results as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.batch.store import page_path
from grader.compare import clean
from grader.model import Attempt, FunctionResult, Verdict

if TYPE_CHECKING:
    from grader.batch.class_file import ClassFile
    from grader.gradebook.opinions import OverrideRow

__all__ = [
    "attempts_table",
    "class_table",
    "console",
    "json_lines",
    "label",
    "number",
    "shortest",
    "show_pages",
    "show_points",
    "show_stale",
]

STYLES = {
    Verdict.PASSED: "green",
    Verdict.FAILED: "red",
    Verdict.ERROR: "red",
    Verdict.TIMEOUT: "yellow",
    Verdict.MEMORY: "yellow",
    Verdict.OUTPUT: "yellow",
    Verdict.FORBIDDEN: "magenta",
    Verdict.SKIPPED: "dim",
    Verdict.INTERNAL: "bold blue",
}


def console(*, stderr: bool = False) -> Console:
    """A console that honours NO_COLOR and never interprets a student's text."""
    return Console(stderr=stderr, highlight=False, soft_wrap=False)


def label(name: str) -> str:
    """A name that somebody else chose, at the start of a line: no control characters, and nothing
    that a runner of workflows takes for a command (`::error::`, `##[group]`)."""
    return clean(name, 255).replace("\n", " ").replace("::", ": :").replace("##[", "## [")


def number(points: Fraction) -> str:
    """Points for people: 3, 2.5, 0.67."""
    text = f"{float(points):.2f}".rstrip("0").rstrip(".")
    return text or "0"


def attempts_table(attempts: Sequence[Attempt]) -> Table:
    """One row per submission: points per exercise, and what did not pass."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("submission")
    for exercise in attempts[0].exercises:
        table.add_column(exercise.slug, justify="right")
    table.add_column("points", justify="right", style="bold")
    table.add_column("functions")
    for attempt in attempts:
        table.add_row(
            Text(label(attempt.submission.name)),
            *(f"{number(e.points)}/{number(e.max_points)}" for e in attempt.exercises),
            "void" if attempt.is_void else f"{number(attempt.points)}/{number(attempt.max_points)}",
            _verdicts(attempt),
        )
    return table


def class_table(content: ClassFile) -> Table:
    """One row per student, plain: what can be pasted into a message to a colleague."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("student", "name", "points", "attempt", ""):
        table.add_column(title, justify="right" if title == "points" else "left")
    for row in content.students:
        most = number(row.max_points) if row.max_points is not None else "?"
        table.add_row(
            Text(clean(row.student, 60)),
            Text(clean(row.name, 60)),
            f"{number(row.points)}/{most}" if row.points is not None else "no mark",
            f"{row.attempt} of {row.attempts}",
            ", ".join(row.remarks),
        )
    return table


def show_stale(rows: Sequence[OverrideRow], *, would: bool = False) -> None:
    """Overrides that judged what has changed: a person has to look at them again."""
    for row in rows:
        given = number(row.points) if row.points is not None else "none"
        no_longer = "would no longer count" if would else "no longer counts"
        click.echo(
            f"an override {no_longer}, since what it judged is another result: {row.student}, "
            f"attempt {row.number}, {given} points by {row.author}: {row.reason}"
        )


def show_pages(attempts: Sequence[Attempt], out: Path) -> None:
    """Where the feedback lies, one path a line, whole."""
    click.echo("\nFeedback:")
    for attempt in attempts:
        click.echo(f"  {shortest(page_path(out, attempt.submission.name))}")


def shortest(path: Path) -> str:
    """A path as it is typed from the current folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _verdicts(attempt: Attempt) -> Text:
    """The functions that did not pass, by verdict; "all passed" otherwise."""
    names: dict[str, list[str]] = {}
    styles: dict[str, str] = {}
    for exercise in attempt.exercises:
        for function in exercise.functions:
            if function.verdict is not Verdict.PASSED:
                word = _word(function)
                names.setdefault(word, []).append(function.name)
                styles[word] = STYLES[function.verdict]
    parts = [
        Text.assemble((word, styles[word]), " ", ", ".join(named)) for word, named in names.items()
    ]
    return Text("\n").join(parts) or Text("all passed", style=STYLES[Verdict.PASSED])


def _word(function: FunctionResult) -> str:
    if function.verdict is Verdict.SKIPPED:
        return function.state.value
    return function.verdict.value


def show_points(attempts: Sequence[Attempt]) -> None:
    """Print one JSON object a line and submission."""
    for line in json_lines(attempts):
        click.echo(line)


def json_lines(attempts: Sequence[Attempt]) -> Iterator[str]:
    """One JSON object a submission: name, points, verdicts."""
    for attempt in attempts:
        row = {
            "submission": attempt.submission.name,
            "reference": attempt.reference,
            "void": attempt.is_void,
            "points": str(attempt.points),
            "max_points": str(attempt.max_points),
            "functions": {
                function.name: _word(function)
                for exercise in attempt.exercises
                for function in exercise.functions
            },
        }
        yield json.dumps(row, ensure_ascii=True)
