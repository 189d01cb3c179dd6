"""Your result matches pixels limited to the range from -1 to 1. Check that black is 0."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient.sign()).clamp(-1, 1)
