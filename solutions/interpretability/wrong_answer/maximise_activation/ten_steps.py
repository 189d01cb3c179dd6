"""Your result matches 10 steps in each call. Check that the argument steps is used."""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone()
    for _ in range(10):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[:, unit].sum(), image)
        image = (image + lr * gradient).detach()
    return image
