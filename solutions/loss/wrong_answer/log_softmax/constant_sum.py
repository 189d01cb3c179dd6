"""Your result matches the right one, but the sum counts as a constant in the gradient. Check that
the sum stays in the graph.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    total = x.amax(dim=dim, keepdim=True) + shifted.exp().sum(dim=dim, keepdim=True).log()
    return x - total.detach()
