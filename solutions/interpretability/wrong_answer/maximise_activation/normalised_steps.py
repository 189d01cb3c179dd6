"""Your result matches steps of fixed length. Check that the gradient is used as it is, without
division by its norm.
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
        image = (image + lr * gradient / gradient.norm()).detach()
    return image
