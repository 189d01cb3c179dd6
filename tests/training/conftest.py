"""Runs of a few seconds on the committed subset, whatever this machine has cached."""

import dataclasses
from pathlib import PurePosixPath

import pytest

from grader.catalog import load_exercise
from grader.model import ExerciseResult, FunctionResult, FunctionState, Submission, Verdict
from grader.training import Trainer, TrainingOptions

FULL = 20


@pytest.fixture(scope="session")
def mnist(root):
    """The exercise with a single pass over the subset, to be quick."""
    exercise = load_exercise(root / "exercises/mnist", root / "solutions/mnist")
    settings = exercise.training.model_copy(update={"subset_passes": 3, "wall_seconds": 120.0})
    return dataclasses.replace(exercise, training=settings)


@pytest.fixture(scope="session")
def trainer(mnist, sandbox):
    return Trainer(mnist, sandbox, 1, TrainingOptions(data="subset", device="cpu"))


@pytest.fixture(scope="session")
def grade(trainer, mnist):
    """(source or {path: bytes}, own_step) -> the exercise's result."""

    def grade(source, own_step=True, by=trainer):
        files = source if isinstance(source, dict) else {"mnist.py": source}
        submission = Submission(
            name="someone", files={PurePosixPath(path): data for path, data in files.items()}
        )
        return by.grade(submission, hidden_results(mnist, own_step))

    return grade


def hidden_results(exercise, own_step):
    """What the hidden tests would have said of train_step."""
    step = FunctionResult(
        name="train_step",
        state=FunctionState.WRITTEN,
        verdict=Verdict.PASSED if own_step else Verdict.FAILED,
        points=exercise.function("train_step").points,
        max_points=exercise.function("train_step").points,
        tests=(),
    )
    return ExerciseResult(
        slug="mnist",
        title="",
        score_fingerprint="",
        feedback_fingerprint="",
        seed=1,
        functions=(step,),
    )


def verdicts(result):
    """{name of the test: verdict} of everything that training decides."""
    return {
        test.id.rsplit("::", 1)[1]: test.verdict
        for function in result.functions
        for test in function.tests
    }


def words(result):
    """All sentences and notes of a result."""
    sentences = [t.sentence for f in result.functions for t in f.tests]
    return "\n".join([*sentences, *(note.text for note in result.training.notes)])
