"""Your result matches gradient times pixel. Check that the gradient alone is used."""

import torch
from torch import Tensor, nn


def saliency(model: nn.Module, x: Tensor, y: Tensor) -> Tensor:
    pixels = x.detach().clone().requires_grad_()
    total = model(pixels).gather(1, y[:, None]).sum()
    (gradient,) = torch.autograd.grad(total, pixels)
    return (gradient * pixels).detach().abs().amax(dim=1)
