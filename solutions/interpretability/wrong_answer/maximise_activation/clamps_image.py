"""Your result matches images limited to the range from 0 to 1. Check that the result may
leave it.
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
        image = (image + lr * gradient).clamp(0, 1).detach()
    return image
