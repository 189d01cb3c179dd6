"""Your result matches gradients of the loss. Check that the score of the class is followed back,
without a loss.
"""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = nn.CrossEntropyLoss(reduction="sum")(model(pixels), y)
    (gradient,) = torch.autograd.grad(total, pixels)
    return gradient.abs().amax(dim=1)
