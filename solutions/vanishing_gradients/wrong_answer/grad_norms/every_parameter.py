"""Your result matches one number for each parameter, biases included. Check that each layer gives
one number, that of its weight.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    loss = F.cross_entropy(model(x), y)
    gradients = torch.autograd.grad(loss, list(model.parameters()))
    return [gradient.norm().item() for gradient in gradients]
