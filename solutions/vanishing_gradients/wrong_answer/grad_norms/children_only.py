"""Your result matches the layers at the top of the model. Check that layers inside of other modules
are found, as with model.modules().
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = [module for module in model.children() if isinstance(module, (nn.Linear, nn.Conv2d))]
    loss = F.cross_entropy(model(x), y)
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [gradient.norm().item() for gradient in gradients]
