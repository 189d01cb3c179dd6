"""Your result matches norms of weight and bias together. Check that only the weight of a layer
counts.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def layers_of(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = layers_of(model)
    loss = F.cross_entropy(model(x), y)
    norms = []
    for layer in layers:
        gradients = torch.autograd.grad(loss, list(layer.parameters()), retain_graph=True)
        norms.append(sum(g.square().sum() for g in gradients).sqrt().item())
    return norms
