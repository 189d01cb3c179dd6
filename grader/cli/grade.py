"""`grader grade`: submissions in, a table and one page each out."""

from __future__ import annotations

import contextlib
import datetime
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click

from grader.batch.store import (
    cache_folder,
    check_writable,
    places_of,
    store_attempt,
    store_notebooks,
    write_file,
)
from grader.catalog import Course, Exercise
from grader.cli.execution import ExecutionChoice, execution_options
from grader.cli.options import course_option, load, tier_option
from grader.cli.output import (
    attempts_table,
    console,
    json_lines,
    show_pages,
    show_points,
)
from grader.cli.training import TrainingChoice, training_options
from grader.errors import GraderError, SubmissionError, UsageError
from grader.loader import load_submission
from grader.model import Attempt, Isolation, Show, Submission

__all__ = ["command"]


@click.command("grade")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--exercise", "slugs", multiple=True, metavar="SLUG", help="Grade this exercise.")
@click.option(
    "--assignment",
    metavar="NAME",
    help="Grade the exercises of this assignment; default: `default` in course.toml.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for pages and results.json; default: reports/ of the course.",
)
@execution_options
@click.option("--seed", type=int, help="Default: the assignment's seed.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=0.0,
    metavar="PERCENT",
    help="Exit with 1 if a submission scores less.",
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was scored.")
@click.option(
    "--output-file",
    "output_files",
    multiple=True,
    metavar="FORMAT=PATH",
    help="Write the table to a file as well; the format is json, one object a line.",
)
@click.option("--output-format", type=click.Choice(["table", "json"]), default="table")
@training_options
@course_option
@tier_option
def command(
    paths: tuple[Path, ...],
    slugs: tuple[str, ...],
    assignment: str | None,
    out: Path | None,
    execution: ExecutionChoice,
    seed: int | None,
    fail_under: float,
    exit_zero: bool,
    output_files: tuple[str, ...],
    output_format: str,
    course_folder: Path | None,
    tier: str,
    training: TrainingChoice,
) -> int:
    """Grade submissions: modules, notebooks, folders or zips, one submission each PATH.

    Prints a table and writes OUT/NAME/index.html and OUT/NAME/results.json for students, and
    OUT/NAME/executed.ipynb where a notebook was executed. The full results, with what students may
    not see, go to gradebook/ beside course.toml.
    """
    json_files = [_json_file(text) for text in output_files]
    course = load(course_folder)
    name, exercises, course_seed, show = _task(course, paths, slugs, assignment)
    exercises = execution.of(exercises)
    submissions, problems = _submissions(paths)
    for problem in problems:
        click.echo(f"grader: {problem}", err=True)
    if not submissions:
        return problems[0].exit_code
    out = out or course.root / "reports"
    check_writable(out)
    attempts = list(
        _graded(
            course,
            name,
            exercises,
            submissions,
            Isolation(tier),
            seed if seed is not None else course_seed,
            out,
            show,
            training,
            quiet=output_format == "json",
        )
    )
    for path in json_files:
        write_file(path, "".join(f"{line}\n" for line in json_lines(attempts)).encode(), 0o644)
    if output_format == "json":
        show_points(attempts)
    else:
        console().print(attempts_table(attempts))
        show_pages(attempts, out)
    return _exit_code(attempts, problems, fail_under, exit_zero)


def _task(
    course: Course, paths: Sequence[Path], slugs: Sequence[str], assignment: str | None
) -> tuple[str, tuple[Exercise, ...], int, Show]:
    """What to grade: as asked, else the exercise named like the file, else the default."""
    if slugs and assignment:
        raise UsageError("give --exercise or --assignment, not both")
    if slugs:
        return ", ".join(slugs), tuple(course.exercise(slug) for slug in slugs), 0, Show.EXPLAIN
    stems = {path.stem for path in paths}
    if assignment is None and len(stems) == 1 and stems <= course.exercises.keys():
        (slug,) = stems
        return slug, (course.exercise(slug),), 0, Show.EXPLAIN
    chosen = course.chosen(assignment)
    settings = chosen.settings
    now = datetime.datetime.now(datetime.UTC)
    show = settings.shown(now)
    return chosen.name, chosen.exercises, settings.seed, show


def _json_file(text: str) -> Path:
    """The PATH of json=PATH.

    Raises:
        UsageError: another format, or no path.
    """
    form, _, path = text.partition("=")
    if form != "json" or not path:
        raise UsageError(f"--output-file {text}: write json=PATH; other formats: grader export")
    return Path(path)


def _submissions(paths: Sequence[Path]) -> tuple[list[Submission], list[GraderError]]:
    """What can be read, under different names; and what cannot, with the reason."""
    problems: list[GraderError] = []
    loaded: list[tuple[Path, Submission]] = []
    for path in paths:
        try:
            loaded.append((path, load_submission(path)))
        except (UsageError, SubmissionError) as error:
            problems.append(error)
    counts = Counter(submission.name for _, submission in loaded)
    named: list[Submission] = []
    for path, submission in loaded:
        name = submission.name
        if counts[name] > 1:
            name = f"{path.resolve().parent.name}-{path.name}"
        taken = {other.name for other in named}
        while name in taken:
            name += "-again"
        named.append(Submission(name=name, files=submission.files))
    return named, problems


def _graded(
    course: Course,
    assignment: str,
    exercises: Sequence[Exercise],
    submissions: Sequence[Submission],
    required: Isolation,
    seed: int,
    out: Path,
    show: Show,
    training: TrainingChoice,
    *,
    quiet: bool,
) -> Iterator[Attempt]:
    from grader.pipeline import grade
    from grader.sandbox import Sandbox

    options = training.options(lambda text: tell(text, 0), exercises)
    with Sandbox(required=required) as sandbox, _progress(len(submissions), quiet) as tell:
        graded = grade(
            course.settings.title,
            assignment,
            exercises,
            submissions,
            sandbox,
            seed=seed,
            cache=cache_folder(),
            training=options,
        )
        for one in graded:
            places = places_of(one.attempt, out, course.root / "gradebook")
            store_attempt(one.attempt, one.replies, places, show)
            store_notebooks(one.notebooks, places)
            tell(f"graded {one.attempt.submission.name}", 1)
            yield one.attempt


@contextlib.contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[str, int], None]]:
    """What takes (a text to show, how many more submissions are done)."""
    if quiet or not sys.stderr.isatty():
        yield lambda text, done: None
        return
    from rich.progress import Progress

    with Progress(console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("grading", total=total)
        yield lambda text, done: bar.update(task, advance=done, description=text)


def _exit_code(
    attempts: Sequence[Attempt], problems: Sequence[GraderError], fail_under: float, exit_zero: bool
) -> int:
    if any(attempt.is_void for attempt in attempts):
        return 3
    if exit_zero:
        return 0
    if problems:
        return max(problem.exit_code for problem in problems)
    below = any(100 * a.points < fail_under * a.max_points for a in attempts)
    return 1 if below else 0
