"""Your result matches the probability of the unit. Check that its output is used as it is, without
a softmax.
"""

import torch
from torch import Tensor, nn


def maximise_activation(
    model: nn.Module, x: Tensor, unit: int, steps: int = 10, lr: float = 0.1
) -> Tensor:
    image = x.detach().clone()
    for _ in range(steps):
        image.requires_grad_()
        (gradient,) = torch.autograd.grad(model(image).softmax(dim=1)[:, unit].sum(), image)
        image = (image + lr * gradient).detach()
    return image
