"""Your result matches steps downhill. Check the sign: the gradient is added, so that the activation
rises.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone()
    for _ in range(steps):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[:, unit].sum(), image)
        image = (image - lr * gradient).detach()
    return image
