"""Your result matches gradients divided by the number of images. Check that the scores are summed,
since the images do not influence each other.
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).mean()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1)
