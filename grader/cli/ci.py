"""`grader ci`: grade what a change touches, and report in the forms that CI systems read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from grader.catalog import Course, Exercise
from grader.cli.options import course_option, load, tier_option
from grader.cli.training import tell_of_subset
from grader.errors import GraderError, SubmissionError
from grader.model import Attempt, Isolation, Show, Submission

__all__ = ["command"]


@click.command("ci")
@click.option("--base", metavar="REV", envvar="GRADER_BASE", help="Grade what changed since REV.")
@click.option(
    "--submission",
    "folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=Path(),
    help="The checkout, or the files handed in; default: here.",
)
@click.option(
    "--exercise", "slugs", multiple=True, metavar="SLUG", help="Grade it, changed or not."
)
@click.option("--assignment", metavar="NAME", help="Only exercises of this assignment.")
@click.option("--name", default="submission", show_default=True, help="What to call it.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("grader-ci"),
    show_default=True,
    help="Folder for page, results and reports.",
)
@click.option("--seed", type=int, help="Default: the assignment's seed.")
@click.option(
    "--fail-under", type=click.FloatRange(0, 100), default=0.0, metavar="PERCENT",
    help="Exit with 1 if the submission scores less.",
)  # fmt: skip
@click.option("--exit-zero", is_flag=True, help="Exit with 0 whatever was scored.")
@course_option
@tier_option
def command(
    base: str | None,
    folder: Path,
    slugs: tuple[str, ...],
    assignment: str | None,
    name: str,
    out: Path,
    seed: int | None,
    fail_under: float,
    exit_zero: bool,
    course_folder: Path | None,
    tier: str,
) -> int:
    """Grade the exercises that a change touches, and write what CI systems read.

    Course and hidden tests come from --course, which must not be part of the change. Only what
    students may see is written: OUT holds the page, results.json, summary.md, JUnit, SARIF and
    GitLab's code quality report. On GitHub it annotates files and fills the job summary.
    """
    course = load(course_folder)
    try:
        submission, exercises = _task(course, folder, name, base, slugs, assignment)
    except GraderError as error:
        _complain(error)
        raise
    if submission is None or not exercises:
        click.echo("No code of an exercise has changed; there is nothing to grade.")
        return 0 if exit_zero else 4
    attempt = _graded(course, exercises, submission, Isolation(tier), assignment, seed)
    _report(attempt, out)
    if attempt.is_void:
        return 3
    below = 100 * attempt.points < fail_under * attempt.max_points
    return 1 if below and not exit_zero else 0


def _task(
    course: Course,
    folder: Path,
    name: str,
    base: str | None,
    slugs: Sequence[str],
    assignment: str | None,
) -> tuple[Submission | None, tuple[Exercise, ...]]:
    from grader.ci import changed_exercises, submission_of

    submission = submission_of(course, folder, name)
    exercises: tuple[Exercise, ...]
    if slugs:
        exercises = tuple(course.exercise(slug) for slug in slugs)
    else:
        exercises = changed_exercises(course, folder, submission, base)
    if assignment is not None:
        allowed = {exercise.slug for exercise in course.assignment(assignment).exercises}
        exercises = tuple(exercise for exercise in exercises if exercise.slug in allowed)
    return submission, exercises


def _graded(
    course: Course,
    exercises: Sequence[Exercise],
    submission: Submission,
    tier: Isolation,
    assignment: str | None,
    seed: int | None,
) -> Attempt:
    """The student's view, as little as the strictest assignment shows."""
    from grader.batch.store import cache_folder
    from grader.model import Audience
    from grader.pipeline import grade
    from grader.sandbox import Sandbox
    from grader.scoring import filter_for

    name, own_seed, show = _rules(course, exercises, assignment)
    tell_of_subset(exercises)
    with Sandbox(required=tier) as sandbox:
        (graded,) = grade(
            course.settings.title,
            name,
            exercises,
            [submission],
            sandbox,
            seed=own_seed if seed is None else seed,
            cache=cache_folder(),
        )
    return filter_for(graded.attempt, Audience.STUDENT, show=show)


def _rules(
    course: Course, exercises: Sequence[Exercise], assignment: str | None
) -> tuple[str, int, Show]:
    """Name, seed and visibility: of the assignment asked for, else of those that set these."""
    slugs = {exercise.slug for exercise in exercises}
    chosen = [
        one
        for one in course.assignments.values()
        if (one.name == assignment or assignment is None)
        and slugs & {exercise.slug for exercise in one.exercises}
    ]
    strictness = list(Show)
    shows = [max(one.settings.show_before, one.settings.show_after, key=strictness.index)
             for one in chosen]  # fmt: skip
    name = ", ".join(one.settings.title or one.name for one in chosen)
    seed = chosen[0].settings.seed if len(chosen) == 1 else 0
    return name, seed, max(shows, key=strictness.index, default=Show.EXPLAIN)


def _report(attempt: Attempt, out: Path) -> None:
    from grader.ci import Muzzle, annotation_lines, neutral, write_all

    report = write_all(attempt, out, os.environ)
    on_github = os.environ.get("GITHUB_ACTIONS") == "true"
    if on_github:
        for line in annotation_lines(report.findings):
            click.echo(line)
    muzzle = Muzzle()
    if on_github:
        click.echo(muzzle.begin)
    for exercise in attempt.exercises:
        for function in exercise.functions:
            points = f"{float(function.points):.4g} of {float(function.max_points):.4g}"
            click.echo(
                neutral(f"{function.verdict:10} {points:>12}  {exercise.slug}: {function.name}")
            )
    for finding in report.findings:
        place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
        told = f"{finding.title.removesuffix('.')}: {finding.text}"
        click.echo(neutral(f"{place}: {finding.level}: {told}" if place else told))
    if on_github:
        click.echo(muzzle.end)
    total = f"{float(attempt.points):.4g} of {float(attempt.max_points):.4g} points"
    click.echo(f"{'void' if attempt.is_void else total}; see {report.files['index.html']}")


def _complain(error: GraderError) -> None:
    """A refusal as an annotation too; the sentence itself follows on stderr."""
    from grader.ci.words import data, line

    if os.environ.get("GITHUB_ACTIONS") == "true":
        what = "nothing was graded" if isinstance(error, SubmissionError) else "the grader stopped"
        click.echo(f"::error title={what}::{data(line(str(error)))}")
