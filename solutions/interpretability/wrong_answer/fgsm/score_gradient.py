"""Your result matches the direction that raises the score of the true class. Check that the
gradient is that of the loss.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient.sign()).clamp(0, 1)
