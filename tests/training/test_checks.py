import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.training.checks import Kind, Loss, Outputs, fit, kind_of, loss_of, ties_at_the_bottom

SCORES = torch.tensor(
    [[1.0, -2.0, 0.5, 3.0], [0.0, 1.5, -1.0, 2.0], [-3.0, 0.2, 0.1, 0.7]], dtype=torch.float64
)
LABELS = torch.tensor([3, 1, 0])


def outputs(function):
    """What a model gives for three images together and one by one."""
    alone = torch.cat([function(row[None]) for row in SCORES])
    return Outputs(together=function(SCORES), alone=alone, again=function(SCORES))


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        (lambda s: s.log_softmax(1), Kind.LOG_PROBABILITIES),
        (lambda s: s.softmax(1), Kind.PROBABILITIES),
        (lambda s: s, Kind.SCORES),
        (lambda s: s.log_softmax(0), Kind.ACROSS_BATCH),
        (lambda s: s.softmax(0), Kind.ACROSS_BATCH),
        (lambda s: s / 0, Kind.NO_NUMBERS),
        (lambda s: s * float("nan"), Kind.NO_NUMBERS),
    ],
)
def test_outputs_are_told_apart(function, kind):
    assert kind_of(outputs(function)) is kind


@given(st.integers(0, 1 << 31))
def test_log_probabilities_are_recognised_whatever_the_scores(seed):
    scores = 5 * torch.randn(3, 10, generator=torch.Generator().manual_seed(seed))
    rows = scores.log_softmax(1).double()
    assert kind_of(Outputs(together=rows, alone=rows, again=rows)) is Kind.LOG_PROBABILITIES


@pytest.mark.parametrize(
    ("function", "loss", "name"),
    [
        (lambda s: s, torch.nn.functional.nll_loss, Loss.NLL),
        (lambda s: s, torch.nn.functional.cross_entropy, Loss.CROSS_ENTROPY),
        (lambda s: s.softmax(1), lambda o, y: torch.nn.functional.nll_loss(o.log(), y),
         Loss.NLL_OF_LOG),
        (lambda s: s, lambda o, y: (o**2).mean(), Loss.OTHER),
    ],
)  # fmt: skip
def test_the_loss_is_known_by_its_value(function, loss, name):
    rows = function(SCORES)
    assert loss_of(rows, LABELS, float(loss(rows, LABELS))) is name


def test_on_log_probabilities_both_losses_agree():
    rows = SCORES.log_softmax(1)
    both = torch.nn.functional.cross_entropy(rows, LABELS)
    assert loss_of(rows, LABELS, float(both)) is Loss.NLL


@pytest.mark.parametrize(
    ("kind", "loss", "good"),
    [
        (Kind.LOG_PROBABILITIES, Loss.NLL, True),
        (Kind.SCORES, Loss.CROSS_ENTROPY, True),
        (Kind.PROBABILITIES, Loss.NLL_OF_LOG, True),
        (Kind.SCORES, Loss.NLL, False),
        (Kind.PROBABILITIES, Loss.CROSS_ENTROPY, False),
        (Kind.PROBABILITIES, Loss.NLL, False),
        (Kind.ACROSS_BATCH, Loss.NLL, False),
        (Kind.SCORES, Loss.OTHER, True),
    ],
)
def test_what_fits_and_what_does_not(kind, loss, good):
    assert fit(kind, loss).is_good is good
    assert good or fit(kind, loss).hint


def test_clipped_scores_show_as_ties():
    scores = torch.randn(50, 10, generator=torch.Generator().manual_seed(0))
    assert ties_at_the_bottom(scores.relu().log_softmax(1))
    assert not ties_at_the_bottom(scores.log_softmax(1))


def test_a_model_that_looks_at_its_neighbours_is_found():
    centred = outputs(lambda s: (s - s.mean(0)).log_softmax(1))
    assert not centred.rows_apart
