"""Your result matches the sum over the channels. Check that the largest magnitude is taken."""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().sum(dim=1)
