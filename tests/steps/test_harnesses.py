import random

import numpy as np
import pytest
import torch
from torch import nn

from grader.steps import HARNESSES, REPORTS, inside


@pytest.fixture
def model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))


def test_the_state_afterwards_shows_a_changed_weight_and_a_changed_buffer(model):
    before = [value.clone() for value in model.state_dict().values()]
    after = inside("state_afterwards", lambda model: None)(model)
    assert all(map(torch.equal, before, after))

    def train(model):
        model[0].weight.data += 1
        model(torch.ones(3, 2))

    changed = [
        not torch.equal(a, b)
        for a, b in zip(before, inside("state_afterwards", train)(model), strict=True)
    ]
    named = [name for name, one in zip(model.state_dict(), changed, strict=True) if one]
    assert named == ["0.weight", "1.running_mean", "1.running_var", "1.num_batches_tracked"]


def test_the_gradients_afterwards_show_new_added_and_cleared_ones(model):
    kept = inside("gradients_afterwards", lambda model: None)(model)
    assert [grad is None for grad in kept] == [True, False, True, False]
    added = inside("gradients_afterwards", lambda model: model(torch.rand(3, 2)).sum().backward())
    assert not any(grad is None for grad in added(model))
    cleared = inside("gradients_afterwards", lambda model: model.zero_grad())
    assert all(grad is None for grad in cleared(model))


@pytest.mark.parametrize(
    ("draw", "kept"),
    [
        (lambda: torch.rand(1, generator=torch.Generator()), [True, True, True]),
        (lambda: torch.rand(1), [False, True, True]),
        (random.random, [True, False, True]),
        (np.random.rand, [True, True, False]),
        (lambda: torch.manual_seed(3), [False, True, True]),
    ],
)
def test_the_generators_afterwards_show_which_one_moved(draw, kept):
    assert inside("generators_afterwards", draw)() == kept


def test_what_the_worker_says_of_itself_is_marked_as_such():
    assert {name for name in HARNESSES if name.endswith("_afterwards")} < REPORTS
    assert not REPORTS & {"steps", "evaluation"}
