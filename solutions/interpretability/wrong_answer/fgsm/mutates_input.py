"""Your result matches the right images, but the given ones change too. Check for operations that
end in an underscore or assign into x.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return x.add_(eps * gradient.sign()).clamp_(0, 1)
