"""`grader release`: stubs from the reference, and the folder that students get."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli.options import course_option, load
from grader.errors import UsageError

__all__ = ["command"]


@click.command("release")
@click.argument("out", required=False, type=click.Path(path_type=Path))
@click.option("--stubs", is_flag=True, help="Write the stubs of every exercise from its reference.")
@click.option("--compare", is_flag=True, help="With --stubs: only say what differs; exit with 1.")
@click.option("--assignment", metavar="NAME", help="Only the exercises of this assignment.")
@course_option
def command(
    out: Path | None,
    stubs: bool,
    compare: bool,
    assignment: str | None,
    course_folder: Path | None,
) -> int:
    """Make OUT, a folder or .zip with all that students get and nothing else.

    Refuses if the text of a solution or a hidden test would be in it, or if a stub is not what
    the reference gives.
    """
    course = load(course_folder)
    if stubs:
        return _stubs(course_folder, compare)
    if out is None:
        raise UsageError("say where to: grader release OUT (a folder or a .zip), or --stubs")
    from grader.release import release

    files = release(course.root, out, assignment=assignment)
    click.echo(f"{out}: {len(files)} files; no solution and no hidden test is in them.")
    return 0


def _stubs(course_folder: Path | None, compare: bool) -> int:
    from grader.release import compare_stubs, write_stubs

    differences = []
    for exercise in load(course_folder).exercises.values():
        if exercise.solutions is None:
            continue
        if compare:
            differences += compare_stubs(exercise.folder, exercise.solutions)
        else:
            for path in write_stubs(exercise.folder, exercise.solutions):
                click.echo(str(path))
    for difference in differences:
        click.echo(difference)
    return 1 if differences else 0
