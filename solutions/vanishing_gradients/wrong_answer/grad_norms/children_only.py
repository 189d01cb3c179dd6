"""Your result matches the layers at the top of the model. Check that layers inside of other modules
are found, as with model.modules().
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    layers = [module for module in model.children() if isinstance(module, (nn.Linear, nn.Conv2d))]
    loss = F.cross_entropy(model(x), y)
    gradients = torch.autograd.grad(loss, [layer.weight for layer in layers])
    return [gradient.norm().item() for gradient in gradients]
