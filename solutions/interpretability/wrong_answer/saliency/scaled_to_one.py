"""Your result matches maps whose largest value is 1. Check that nothing is divided."""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1) / gradient.abs().amax(dim=(1, 2, 3))[:, None, None]
