"""Your result matches a gradient divided by its largest magnitude. Check that only its sign is
used, so that each pixel moves by eps.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    loss = F.cross_entropy(model(pixels), y)
    (gradient,) = torch.autograd.grad(loss, pixels)
    return (x + eps * gradient / gradient.abs().amax(dim=(1, 2, 3), keepdim=True)).clamp(0, 1)
