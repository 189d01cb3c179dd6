"""`grader data`: fetch a data set once, so that training needs no network."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli.output import console

__all__ = ["command"]


@click.command("data")
@click.argument("name", required=False)
@click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Take the four IDX files from this folder.",
)
def command(name: str | None, folder: Path | None) -> int:
    """Fetch the data set NAME (mnist, fashion-mnist) into the cache and check it.

    Without NAME, tell which ones are there.
    """
    from grader.data import KNOWN, fetch, find_cached, known

    if name is None:
        for data in KNOWN.values():
            click.echo(f"{data.name:14} {find_cached(data) or 'not here yet'}")
        return 0
    from rich.progress import Progress, TaskID

    data = known(name)
    with Progress(console=console(stderr=True), transient=True, disable=not _watched()) as bar:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=None)
            bar.update(tasks[what], completed=done, total=total or None)

        place, source = fetch(data, folder=folder, progress=told)
    click.echo(f"{data.title} is in {place} (from {source}; SHA-256 of all four files checked)")
    return 0


def _watched() -> bool:
    return sys.stderr.isatty()
