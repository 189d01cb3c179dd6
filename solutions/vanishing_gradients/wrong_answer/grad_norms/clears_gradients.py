"""Your result matches the right norms, but the gradients that the model had before are cleared.
Check torch.autograd.grad, which returns gradients and writes none.
"""

import torch.nn.functional as F
from torch import Tensor, nn


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    model.zero_grad()
    F.cross_entropy(model(x), y).backward()
    layers = [m for m in model.modules() if isinstance(m, (nn.Linear, nn.Conv2d))]
    norms = [layer.weight.grad.norm().item() for layer in layers]
    model.zero_grad()
    return norms
