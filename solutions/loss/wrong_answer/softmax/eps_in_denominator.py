"""Your result matches a number near 0.001 added to the sum. Check that the probabilities sum to
exactly 1.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers / (powers.sum(dim=dim, keepdim=True) + 1e-3)
