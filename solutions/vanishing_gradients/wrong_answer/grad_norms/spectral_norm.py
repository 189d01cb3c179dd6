"""Your result matches the largest stretch of each gradient as a matrix. Check that the norm is the
root of the sum of squares.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def layers_of(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = layers_of(model)
    loss = F.cross_entropy(model(x), y)
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [torch.linalg.matrix_norm(g.flatten(1), ord=2).item() for g in gradients]
