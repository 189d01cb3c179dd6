"""How far the grading of a class has come: a bar for a person, a line now and then for a log."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Iterator

import click

from grader.cli.output import console

__all__ = ["ClassProgress", "class_progress"]

PLAIN_EVERY_SECONDS = 10.0


class ClassProgress:
    """What is said on stderr while it runs: a bar for a person, a line now and then for a log."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._started = self._said = time.monotonic()
        self.done = 0
        self._verdicts: Counter[str] = Counter()

    def listen(self, student: str, row: object, problem: str = "") -> None:
        """Hear of one result; `row` is None if it was there before."""
        self.done += 1
        for function in getattr(row, "functions", ()):
            self._verdicts[function.verdict] += 1
        self.say(student, problem)

    def text(self) -> str:
        """42 of 300 · 9.1/s · 28 s left · PASSED 120, FAILED 9"""
        seconds = time.monotonic() - self._started
        rate = self.done / seconds if seconds > 0 else 0.0
        left = f"{(self._total - self.done) / rate:.0f} s left" if rate else "…"
        counts = ", ".join(f"{name} {n}" for name, n in self._verdicts.most_common())
        parts = (f"{self.done} of {self._total}", f"{rate:.1f}/s", left, counts)
        return " · ".join(part for part in parts if part)

    def say(self, student: str, problem: str) -> None:
        """Print a line now and then, and one at the end."""
        del student, problem
        if time.monotonic() - self._said >= PLAIN_EVERY_SECONDS or self.done == self._total:
            self._said = time.monotonic()
            click.echo(self.text(), err=True)


@contextlib.contextmanager
def class_progress(total: int) -> Iterator[ClassProgress]:
    """Hears of results, and shows how many there are; after Ctrl-C it says how to go on."""
    done = 0
    try:
        with _shown(total) as progress:
            try:
                yield progress
            finally:
                done = progress.done
    except KeyboardInterrupt:  # said when the bar is gone, which takes the last lines with it
        click.echo(
            f"{done} of {total} are finished and stored; the same command goes on from there",
            err=True,
        )
        raise


@contextlib.contextmanager
def _shown(total: int) -> Iterator[ClassProgress]:
    if not sys.stderr.isatty():
        yield ClassProgress(total)
        return
    from rich.progress import BarColumn, Progress, TextColumn

    columns = (BarColumn(), TextColumn("{task.description}"))
    # drawn when something is recorded: a thread that draws must not be there when shards fork
    with Progress(
        *columns, console=console(stderr=True), transient=True, auto_refresh=False
    ) as bar:
        progress = ClassProgress(total)
        task = bar.add_task("starting", total=total)

        def draw(student: str, problem: str) -> None:
            bar.update(task, advance=1, description=progress.text(), refresh=True)
            if problem:
                bar.console.print(f"{student}: see below", markup=False)

        progress.say = draw  # type: ignore[method-assign]  # another way to say the same
        yield progress
