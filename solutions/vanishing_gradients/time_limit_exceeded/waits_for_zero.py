"""Time limit exceeded: trains until the gradient is exactly zero, which it never is."""

import copy

import torch
from torch import nn


def grad_norms(model, x, y):
    twin = copy.deepcopy(model)
    layers = [module for module in twin.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]
    while True:
        loss = nn.functional.cross_entropy(twin(x), y)
        gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
        if all(gradient.norm() == 0 for gradient in gradients):
            return [0.0 for _ in layers]
