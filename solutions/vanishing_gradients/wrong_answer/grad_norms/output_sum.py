"""Your result matches gradients of the sum of the scores. Check that the loss is built from scores
and labels.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def layers_of(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = layers_of(model)
    loss = model(x).sum()
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [gradient.norm().item() for gradient in gradients]
