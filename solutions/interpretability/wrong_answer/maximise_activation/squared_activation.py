"""Your result matches the square of the activation. Check that the activation itself is followed
uphill.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone()
    for _ in range(steps):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[:, unit].square().sum(), image)
        image = (image + lr * gradient).detach()
    return image
