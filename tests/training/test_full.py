"""One epoch of the reference on all of MNIST, fetched the way the project fetches it."""

import pytest

from grader.catalog import load_exercise
from grader.data import fetch, known
from grader.training import Trainer, TrainingOptions
from tests.training.conftest import verdicts
from tests.training.variants import REFERENCE

pytestmark = [pytest.mark.sandbox, pytest.mark.slow]


def test_the_reference_gets_all_points_on_the_full_data(root, sandbox, grade):
    fetch(known("mnist"))
    exercise = load_exercise(root / "exercises/mnist", root / "solutions/mnist")
    options = TrainingOptions(data="full", device="cpu")
    result = grade(REFERENCE.read_bytes(), by=Trainer(exercise, sandbox, 20260301, options))
    assert set(verdicts(result).values()) == {"PASSED"}
    assert result.training.images == 60_000
    assert result.training.held_out == 10_000
    assert result.training.measured.budget_used < exercise.training.budget
    assert not result.training.flags
