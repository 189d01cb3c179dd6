"""Your result matches the gradient of the first image, used in all steps. Check that it is taken
afresh in each of them.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    start = x.detach().clone().requires_grad_()
    (gradient,) = torch.autograd.grad(model(start)[:, unit].sum(), start)
    return (start + steps * lr * gradient).detach()
