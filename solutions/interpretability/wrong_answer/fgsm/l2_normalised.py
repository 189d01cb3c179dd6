"""Your result matches a gradient scaled to length 1. Check that only its sign is used, so that each
pixel moves by eps.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient / gradient.flatten(1).norm(dim=1)[:, None, None, None]).clamp(0, 1)
