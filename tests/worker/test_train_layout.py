"""Channels-last layout is for models that work in it; all others are trained as they are."""

import pytest
import torch
from torch import nn

from grader.worker.train_layout import move_to_channels_last

IMAGES = torch.rand(2, 1, 12, 12)


class Net(nn.Module):
    """Two convolutions; `end` makes rows of what comes out."""

    def __init__(self, end):
        super().__init__()
        self.first, self.norm = nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4)
        self.second, self.last = nn.Conv2d(4, 6, 3), nn.Linear(384, 10)
        self.end = end

    def forward(self, images):
        x = self.norm(self.first(images)).relu()
        return self.last(self.end(self, self.second(x)))


def view_in_training(net, x):
    return x.view(len(x), -1) if net.training else x.flatten(1)


WORK = {
    "flatten": lambda net, x: x.flatten(1),
    "reshape": lambda net, x: x.reshape(len(x), -1),
}
DO_NOT = {
    "view": lambda net, x: x.view(len(x), -1),
    "view in training only": view_in_training,
    "memory as it lies": lambda net, x: x.as_strided((len(x), 384), (384, 1)),
    "an error": lambda net, x: 1 / 0,
}


def is_moved(model):
    kernels = [p for p in model.parameters() if p.dim() == 4 and p.shape[1] > 1]
    return all(kernel.is_contiguous(memory_format=torch.channels_last) for kernel in kernels)


@pytest.mark.parametrize("end", WORK.values(), ids=WORK)
def test_a_model_that_works_in_it_is_moved(end):
    model = Net(end)
    parameters = {name: (id(p), p.detach().clone()) for name, p in model.named_parameters()}
    assert move_to_channels_last(model, IMAGES)
    assert is_moved(model)
    for name, parameter in model.named_parameters():  # an optimiser may hold them already
        assert id(parameter) == parameters[name][0]
        assert torch.equal(parameter, parameters[name][1])


@pytest.mark.parametrize("end", DO_NOT.values(), ids=DO_NOT)
def test_a_model_that_does_not_is_left_alone(end):
    model = Net(end)
    assert not move_to_channels_last(model, IMAGES)
    assert not is_moved(model)


def test_the_trial_leaves_nothing_behind():
    model = Net(WORK["flatten"])
    torch.manual_seed(3)
    state = torch.random.get_rng_state()
    move_to_channels_last(model, IMAGES)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert torch.equal(model.norm.running_mean, torch.zeros(4))
    assert all(parameter.grad is None for parameter in model.parameters())
    assert model.training


def test_a_model_without_convolutions_or_of_flat_images_is_none_the_worse():
    model = nn.Sequential(nn.Linear(144, 10))
    assert move_to_channels_last(model, IMAGES.flatten(1))
