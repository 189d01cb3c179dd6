"""Your result matches the right one, but the sum counts as a constant in the gradient. Check that
the sum stays in the graph.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True).detach()
