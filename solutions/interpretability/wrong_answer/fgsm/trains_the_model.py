"""Your result matches the right images, but the weights of the model change. Check that no
optimiser takes a step: only the image moves.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def fgsm(model: nn.Module, x: Tensor, y: Tensor, eps: float) -> Tensor:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    optimizer.zero_grad()
    pixels = x.clone().requires_grad_()
    F.cross_entropy(model(pixels), y).backward()
    optimizer.step()
    return (x + eps * pixels.grad.sign()).clamp(0, 1)
