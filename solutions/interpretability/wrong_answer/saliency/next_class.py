"""Your result matches classes counted from 1. Check that class 0 is the first score."""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels)[torch.arange(len(y)), y - 1].sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1)
