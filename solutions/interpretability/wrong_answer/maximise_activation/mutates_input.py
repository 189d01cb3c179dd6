"""Your result matches the right images, but the given ones change too. Check for operations that
end in an underscore or assign into x.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    for _ in range(steps):
        image = x.detach().clone().requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[:, unit].sum(), image)
        x += lr * gradient
    return x
