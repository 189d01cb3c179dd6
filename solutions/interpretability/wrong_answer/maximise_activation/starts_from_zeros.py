"""Your result matches a start from black images. Check that the steps start at x."""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = torch.zeros_like(x)
    for _ in range(steps):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[:, unit].sum(), image)
        image = (image + lr * gradient).detach()
    return image
