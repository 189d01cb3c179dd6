"""Your result matches the loss for the classes that the model predicts. Check that the labels y are
used.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def layers_of(model: nn.Module) -> list[nn.Module]:
    return [module for module in model.modules() if isinstance(module, (nn.Linear, nn.Conv2d))]


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = layers_of(model)
    loss = F.cross_entropy(model(x), model(x).argmax(dim=1))
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [gradient.norm().item() for gradient in gradients]
