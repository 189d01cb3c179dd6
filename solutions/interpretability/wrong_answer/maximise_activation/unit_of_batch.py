"""Your result matches all units of a single image. Check which axis counts the units."""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone()
    for _ in range(steps):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image)[unit % len(image)].sum(), image)
        image = (image + lr * gradient).detach()
    return image
