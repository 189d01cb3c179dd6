"""`grader new`: a new exercise, or a new course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.catalog import Course

__all__ = ["command"]


@click.command("new")
@click.argument("slug", required=False)
@click.option("--function", metavar="NAME", default="", help="What students write; default: SLUG.")
@click.option("--title", default="", help="For people; default: SLUG, or the folder, in words.")
@click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="GRADER_COURSE",
    help="The course to add to; made if there is none. Default: here or above.",
)
def command(slug: str | None, function: str, title: str, course_folder: Path | None) -> int:
    """Make the exercise SLUG: complete, and proved by `grader verify SLUG` as it stands.

    With --course DIR and no course in DIR, make a course there, with or without a SLUG.
    """
    from grader.cli.output import shortest
    from grader.scaffold import new_course, new_exercise

    if course_folder is not None and not (course_folder / "course.toml").is_file():
        course, written = new_course(
            course_folder, slug or "", function=function, title="" if slug else title
        )
    elif slug is None:
        raise UsageError("name the exercise, as in `grader new leaky_relu`; or --course DIR")
    else:
        course = _course(course_folder)
        written = new_exercise(course, slug, function=function, title=title)
    for path in written:
        click.echo(shortest(path))
    where = "" if course.root == Path.cwd() else f" --course {shortest(course.root)}"
    if slug is None:
        click.echo(f"\nNow add an exercise: grader new SLUG{where}")
        return 0
    click.echo(f"\nProve it: grader verify {slug}{where}")
    click.echo(f"Set it: write {slug} into `exercises` of an assignment in course.toml")
    return 0


def _course(folder: Path | None) -> Course:
    from grader.catalog import find_course_root
    from grader.cli.options import load

    if folder is None:
        try:
            find_course_root(Path.cwd())
        except UsageError:
            raise UsageError(
                f"no course.toml in {Path.cwd()} or above it; go to the course's folder, name it "
                "with --course, or make a course with `grader new --course DIR`"
            ) from None
    return load(folder)
