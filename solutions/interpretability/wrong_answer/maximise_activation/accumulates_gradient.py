"""Your result matches gradients that add up from step to step. Check that .grad is cleared before
each backward pass.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone().requires_grad_()
    for _ in range(steps):
        model(image)[:, unit].sum().backward()
        with torch.no_grad():
            image += lr * image.grad
    return image.detach()
