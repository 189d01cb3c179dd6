"""From submissions to attempts: run the hidden tests, look for known mistakes, put it together."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import torch

from grader.catalog import Exercise
from grader.compare import Answers, Recording
from grader.errors import GraderError
from grader.messages import say
from grader.model import (
    Attempt,
    ExerciseResult,
    FunctionResult,
    Measured,
    Note,
    Provenance,
    Submission,
    SubmissionInfo,
    Verdict,
)
from grader.pipeline.diagnosis import Diagnosis
from grader.pipeline.notebooks import executed_notebooks
from grader.pipeline.presentable import presentable
from grader.pipeline.replies import pack_replies
from grader.runner import MAX_HELD_BYTES, Graded, run, run_each
from grader.sandbox import Sandbox
from grader.training import Trainers, TrainingOptions, unjudged

__all__ = ["GradedAttempt", "grade", "grade_each", "provenance"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedAttempt:
    """The full results (for staff), and the replies of failed functions as bytes to keep.

    `notebooks` holds what was executed, for the student, by name of file.
    """

    attempt: Attempt
    replies: bytes
    notebooks: Mapping[str, bytes] = field(default_factory=dict)


def grade(
    course_title: str,
    assignment: str,
    exercises: Sequence[Exercise],
    submissions: Sequence[Submission],
    sandbox: Sandbox,
    *,
    seed: int,
    cache: Path | None = None,
    training: TrainingOptions | None = None,
) -> Iterator[GradedAttempt]:
    """Grade each submission by all exercises; one result each, in order.

    Args:
        course_title, assignment: for the page.
        exercises: in the order of the page; their solutions must be at hand.
        submissions: any number; memory does not grow with it.
        sandbox: where student code runs.
        seed: everything random derives from it.
        cache: a folder for the answers of wrong answers.
        training: how to train where an exercise asks for it.

    Raises:
        ExerciseError: a hidden test, an oracle or a wrong answer is broken.
        MachineError: boxes cannot be made.
    """
    torch.set_num_threads(1)  # two threads on small arrays cost more than they give
    diagnosis = Diagnosis(sandbox, seed, cache)
    trainers = Trainers(sandbox, seed, training or TrainingOptions())
    runs = [run(group, submissions, sandbox, seed=seed) for group in _by_profile(exercises)]
    for parts in zip(*runs, strict=True):
        yield _attempt(course_title, assignment, exercises, parts, diagnosis, trainers)


def grade_each(
    course_title: str,
    assignment: str,
    exercises: Sequence[Exercise],
    submissions: Sequence[Submission],
    diagnosis: Diagnosis,
    *,
    deliver: Callable[[int, GradedAttempt], None],
    training: TrainingOptions | None = None,
) -> None:
    """The same for a chunk of a class: `deliver` gets each result as soon as it is there.

    Args:
        course_title, assignment, exercises: as for `grade`.
        submissions: their names differ; all but the last profile's results are held meanwhile, as
            many at a time as fit in memory.
        diagnosis: prepared, so that nothing else has to run for a hint.
        deliver: called with the submission's place in `submissions`.
        training: how to train where an exercise asks for it.
    """
    torch.set_num_threads(1)
    places = {submission.name: place for place, submission in enumerate(submissions)}
    trainers = Trainers(diagnosis.sandbox, diagnosis.seed, training or TrainingOptions())
    *before, last = _by_profile(exercises)
    held: Mapping[str, Sequence[Graded]] = {}

    def put_together(graded: Graded) -> None:
        name = graded.submission.name
        parts = [*held[name], graded]
        attempt = _attempt(course_title, assignment, exercises, parts, diagnosis, trainers)
        deliver(places[name], attempt)

    for held in _by_portions(before, submissions, diagnosis):
        portion = [submissions[places[name]] for name in held]
        run_each(last, portion, diagnosis.sandbox, seed=diagnosis.seed, deliver=put_together)


def _by_portions(
    groups: Sequence[Sequence[Exercise]], submissions: Sequence[Submission], diagnosis: Diagnosis
) -> Iterator[Mapping[str, Sequence[Graded]]]:
    """What came of these profiles by name of submission, no more at a time than may be held."""
    if not groups:
        yield {submission.name: () for submission in submissions}
        return
    runs = [run(group, submissions, diagnosis.sandbox, seed=diagnosis.seed) for group in groups]
    portion: dict[str, Sequence[Graded]] = {}
    for parts in zip(*runs, strict=True):
        portion[parts[0].submission.name] = parts
        if sum(part.held_bytes for held in portion.values() for part in held) > MAX_HELD_BYTES:
            yield portion
            portion = {}
    if portion:
        yield portion


def _measured(parts: Sequence[Graded], results: Sequence[ExerciseResult]) -> Measured:
    """What the submission took, with the training run that counts."""
    trained = [result.training.measured for result in results if result.training is not None]
    return Measured(
        wall_seconds=sum(result.measured.wall_seconds for result in results)
        + sum(one.total_wall_seconds for one in trained),
        cpu_seconds=sum(part.cpu_seconds for part in parts)
        + sum(one.total_cpu_seconds for one in trained),
    )


def _by_profile(exercises: Sequence[Exercise]) -> list[list[Exercise]]:
    return [list(group) for _, group in groupby(exercises, key=lambda e: e.profile)]


def _attempt(
    course_title: str,
    assignment: str,
    exercises: Sequence[Exercise],
    parts: Sequence[Graded],
    diagnosis: Diagnosis,
    trainers: Trainers,
) -> GradedAttempt:
    submission = parts[0].submission
    recordings = {slug: r for part in parts for slug, r in part.recordings.items()}
    graded = {result.slug: result for part in parts for result in part.exercises}
    results = tuple(
        _explained(diagnosis, exercise, graded[exercise.slug], recordings.get(exercise.slug))
        for exercise in exercises
    )
    results = tuple(
        _trained(trainers, exercise, submission, result)
        for exercise, result in zip(exercises, results, strict=True)
    )
    executions = [execution for part in parts for execution in part.executions]
    executed = executed_notebooks(executions, diagnosis.sandbox)
    results = tuple(map(executed.shown_in, results))
    attempt = Attempt(
        submission=SubmissionInfo(
            name=submission.name,
            sha256=submission.sha256,
            files=tuple(sorted(map(str, submission.files))),
        ),
        course=course_title,
        assignment=assignment,
        exercises=results,
        provenance=provenance(diagnosis.sandbox),
        reference=_reference(submission, results),
        measured=_measured(parts, results),
    )
    kept = {r.slug: _failed_answers(r, recordings[r.slug]) for r in results if r.slug in recordings}
    return GradedAttempt(
        attempt=presentable(attempt),
        replies=pack_replies(kept),
        notebooks=executed.files,
    )


def _explained(
    diagnosis: Diagnosis, exercise: Exercise, result: ExerciseResult, recording: Recording | None
) -> ExerciseResult:
    """`result` with hints, where they can be found."""
    if recording is None:
        return result
    # Blanket, but for what is wrong with the course or the machine: hints look at values that a
    # submission made up, and none of those may cost the others of its batch their results.
    try:
        return diagnosis.explain(exercise, result, recording)
    except GraderError:
        raise
    except Exception as error:
        note = Note(text=say("author.no hint", error=type(error).__name__), is_for_staff=True)
        return replace(result, notes=(*result.notes, note))


def _trained(
    trainers: Trainers, exercise: Exercise, submission: Submission, result: ExerciseResult
) -> ExerciseResult:
    """`result` with what training shows; void if we fail at judging it."""
    try:  # blanket as above: a model's outputs and parameters are made up by a submission too
        return trainers.complete(exercise, submission, result)
    except GraderError:
        raise
    except Exception as error:
        return unjudged(exercise, result, error)


def _failed_answers(result: ExerciseResult, recording: Recording) -> Answers:
    """The answers of tests of functions that failed; a page about a pass needs none."""
    tests = {
        test.id for function in result.functions if _failed(function) for test in function.tests
    }
    return {
        test_id: batches for test_id, batches in recording.answers().items() if test_id in tests
    }


def _failed(function: FunctionResult) -> bool:
    return function.verdict is not Verdict.PASSED


def _reference(submission: Submission, results: Sequence[ExerciseResult]) -> str:
    """A short name of exactly this result, for a question about it."""
    parts = [submission.sha256, *(f"{r.slug} {r.score_fingerprint} {r.seed}" for r in results)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


@functools.cache
def _version() -> str:
    return importlib.metadata.version("cnn-grader")


def provenance(sandbox: Sandbox) -> Provenance:
    """What else the results depend on."""
    major, minor, _ = platform.python_version_tuple()
    return Provenance(
        grader=_version(),
        python=f"{major}.{minor}",
        torch=torch.__version__,
        machine=platform.machine(),
        device="cpu",
        isolation=sandbox.isolation,
    )
