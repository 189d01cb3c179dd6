"""Makes ready what grading a class needs: proven isolation, keys, and tables of known mistakes."""

from __future__ import annotations

from pathlib import Path

from grader.batch.job import ClassJob
from grader.batch.keys import Keys
from grader.batch.shard import OpenSandbox, Shard
from grader.batch.store import cache_folder
from grader.catalog import Assignment, Course
from grader.pipeline import Diagnosis, provenance
from grader.sandbox import Sandbox
from grader.training import TrainingOptions

__all__ = ["open_job"]


def open_job(
    course: Course,
    assignment: Assignment,
    *,
    out: Path,
    private: Path,
    open_sandbox: OpenSandbox = Sandbox,
    times: str = "layout",
    training: TrainingOptions | None = None,
) -> ClassJob:
    """The job of grading an assignment; afterwards this process can be forked.

    Args:
        course, assignment: what is graded.
        out: where pages go.
        private: where gradebook, results and submissions lie.
        open_sandbox: makes a sandbox; called here, and again in every shard.
        times: "layout", or "files" to take a submission's time from its files.
        training: how to train where an exercise asks for it.

    Raises:
        SandboxError: the isolation is too weak.
        ExerciseError: a hidden test or wrong answer is broken.
    """
    training = training or TrainingOptions()
    with open_sandbox() as sandbox:
        proven = provenance(sandbox)
        diagnosis = Diagnosis(sandbox, assignment.settings.seed, cache_folder())
        diagnosis.prepare(assignment.exercises)
    return ClassJob(
        course=course,
        assignment=assignment,
        keys=Keys.of(assignment, course.exercises, proven, training),
        shard=Shard(
            course_title=course.settings.title,
            assignment=assignment.name,
            exercises=assignment.exercises,
            diagnosis=diagnosis,
            out=out,
            private=private,
            open_sandbox=open_sandbox,
            training=training,
        ),
        out=out,
        private=private,
        times=times,
    )
