"""Run-time error: asks for .grad before any backward pass."""

from torch import nn


def grad_norms(model, x, y):
    nn.functional.cross_entropy(model(x), y)
    layers = [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]
    return [layer.weight.grad.norm().item() for layer in layers]
