"""Your result matches the norms of the weights. Check that gradients are measured."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def layers_of(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    return [layer.weight.norm().item() for layer in layers_of(model)]
