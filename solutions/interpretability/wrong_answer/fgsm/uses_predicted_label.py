"""Your result matches the loss for the class that the model predicts. Check that the true classes y
are used.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), model(pixels).argmax(dim=1))
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient.sign()).clamp(0, 1)
