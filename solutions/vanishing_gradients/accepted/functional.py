"""Gradients of a function of the weights, by name."""

import torch
from torch import nn
from torch.func import functional_call, grad


def grad_norms(model: nn.Module, x: torch.Tensor, y: torch.Tensor) -> list[float]:
    parameters = {name: value.detach() for name, value in model.named_parameters()}

    def loss(values):
        return nn.functional.cross_entropy(functional_call(model, values, (x,)), y)

    gradients = grad(loss)(parameters)
    names = [
        f"{name}.weight" if name else "weight"
        for name, module in model.named_modules()
        if isinstance(module, (nn.Linear, nn.Conv2d))
    ]
    return [torch.linalg.vector_norm(gradients[name]).item() for name in names]
