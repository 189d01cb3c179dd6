"""Your result matches a sign that was smoothed. Check that each pixel moves by exactly eps."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient / (gradient.abs() + 1e-6)).clamp(0, 1)
