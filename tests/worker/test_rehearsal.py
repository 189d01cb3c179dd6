"""The warm parent's conversation with itself: all of it works, and nothing is left of it."""

import random
import sys

import numpy as np
import torch

from grader.protocol import Observation, Raised, Reply
from grader.worker.rehearsal import rehearse
from grader.worker.reset import reset


def test_every_question_is_answered_and_one_call_raises_as_it_should():
    values = [Reply.from_value(answer).value for answer in rehearse()]
    parsed, *calls, traced = values
    assert {one["state"] for one in parsed["functions"].values()} == {"WRITTEN"}
    assert not [value for value in values if isinstance(value, Raised)]
    raised = [Observation.from_value(call).raised for call in calls]
    assert [one.classes[0] for one in raised if one] == ["ValueError"]
    assert traced == []


def test_nothing_is_left_of_it():
    modules, paths = set(sys.modules), list(sys.path)
    rehearse()
    drawn = random.random(), np.random.rand(), torch.rand(1).item()
    reset(0)
    assert (random.random(), np.random.rand(), torch.rand(1).item()) == drawn
    assert set(sys.modules) == modules
    assert sys.path == paths
    assert sys.getprofile() is None
    assert torch.is_grad_enabled()
