"""The way of a training loop, on a copy, so that the model keeps its own .grad."""

import copy

import torch
from torch import nn


def grad_norms(model, x, y):
    twin = copy.deepcopy(model)
    twin.zero_grad()
    loss = nn.CrossEntropyLoss()(twin(x), y)
    loss.backward()
    norms = []
    for module in twin.modules():
        if isinstance(module, nn.Linear) or isinstance(module, nn.Conv2d):
            norms.append(float(torch.sqrt((module.weight.grad**2).sum())))
    return norms
