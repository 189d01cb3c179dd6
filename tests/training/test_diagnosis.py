import numpy as np
import pytest

from grader.config import TrainingSettings
from grader.model import Submission
from grader.training.diagnosis import diagnose
from grader.training.replies import Plan
from grader.training.result import mean_losses
from grader.training.run import Run

NOBODY = Submission(name="nobody", files={})


def told(run, accuracy=0.1, confusion=()):
    return "\n".join(diagnose(run, TrainingSettings(), NOBODY, accuracy, confusion))


def plan(optimizer, rate):
    return Plan(
        parameters={},
        buffers=0,
        epochs=1,
        batch_size=64,
        optimizer=optimizer,
        rate=rate,
        optimized=0,
        own_train=False,
        notes=(),
    )


@pytest.mark.parametrize(
    ("losses", "words"),
    [
        ([2.3] * 60, "has not learned"),
        ([0.1, -0.2, -0.9] * 20, "cannot be below 0"),
        ([2.3, 1.0, 0.1] * 1 + [0.1] * 60, ""),
    ],
)
def test_losses_that_end_oddly_are_explained(losses, words):
    text = told(Run(losses=losses), accuracy=0.1)
    assert words in text
    assert words or not text


def test_a_loss_that_is_only_large_is_not_blamed():
    """A sum over the batch, for instance."""
    assert told(Run(losses=[147.0] * 5 + [44.5] * 60), accuracy=0.82) == ""


def test_what_an_ended_training_would_have_taken_is_never_less_than_it_took():
    run = Run(losses=[0.1] * 99, used=2.746, is_stopped=True, planned_steps=99, epochs=1)
    assert "at 2.75 reference epochs" in told(run, accuracy=0.95)
    assert "all of it would have taken about 2.75" in told(run, accuracy=0.95)


@pytest.mark.parametrize(("optimizer", "rate"), [("Adam", 0.5), ("AdamW", 0.1), ("SGD", 1.0)])
def test_a_rate_far_too_large_is_named(optimizer, rate):
    assert f"The learning rate is {rate:g}" in told(Run(plan=plan(optimizer, rate)))


def test_a_usual_rate_is_not_blamed():
    assert "learning rate" not in told(Run(plan=plan("Adam", 1e-3)))


@pytest.mark.parametrize("shift", [1, -1])
def test_labels_shifted_by_one_are_noticed(shift):
    table = np.roll(50 * np.eye(10, dtype=int), shift, axis=1) + 1
    assert "shifted by one" in told(Run(), confusion=table.tolist())


def test_a_good_confusion_is_not_taken_for_a_shift():
    assert "shifted" not in told(Run(), confusion=(50 * np.eye(10, dtype=int) + 1).tolist())


def test_dead_channels_are_counted():
    run = Run(inspected={"rectified": [[8, 6], [16, 0]]})
    assert "6 of 8 channels behind activation 1" in told(run)


@pytest.mark.parametrize("nonsense", [None, 3, [[1]], [["a", "b"]], [[1, 2, 3]], {"a": 1}])
def test_what_a_worker_makes_up_is_ignored(nonsense):
    assert told(Run(inspected={"rectified": nonsense}), accuracy=0.9) == ""


def test_a_curve_has_the_mean_of_each_part():
    assert mean_losses([4.0, 2.0, 1.0, 3.0, 9.0], 3) == [(2, 3.0), (4, 2.0), (5, 9.0)]
