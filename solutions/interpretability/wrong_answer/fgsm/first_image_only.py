"""Your result matches a batch of which only the first image changes. Check that the loss is that of
all images.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels)[:1], y[:1])
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient.sign()).clamp(0, 1)
