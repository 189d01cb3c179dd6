"""Your result matches the right norms, but the model has new gradients afterwards. Check what
backward writes into .grad, and what torch.autograd.grad returns instead.
"""

import torch.nn.functional as F
from torch import Tensor, nn


def grad_norms(model: nn.Module, x: Tensor, y: Tensor) -> list[float]:
    F.cross_entropy(model(x), y).backward()
    return [
        module.weight.grad.norm().item()
        for module in model.modules()
        if isinstance(module, (nn.Linear, nn.Conv2d))
    ]
