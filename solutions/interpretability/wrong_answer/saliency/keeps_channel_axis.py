"""Your result matches the right maps with a channel axis of length 1. Check that the shape is (N,
H, W).
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1, keepdim=True)
