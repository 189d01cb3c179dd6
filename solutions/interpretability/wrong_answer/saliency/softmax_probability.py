"""Your result matches gradients of the probability of the class. Check that its score is used,
without a softmax.
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).softmax(dim=1).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1)
