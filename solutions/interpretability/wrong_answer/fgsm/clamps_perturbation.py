"""Your result matches a change that is limited to the range from 0 to 1, so that pixels only get
brighter. Check that the image is limited, not the change.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return x + (eps * gradient.sign()).clamp(0, 1)
