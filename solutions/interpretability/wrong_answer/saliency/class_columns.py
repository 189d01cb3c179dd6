"""Your result matches the scores of all chosen classes for every image. Check that image n is
explained by its own class y[n].
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels)[:, y].sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1)
