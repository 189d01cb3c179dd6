"""Your result matches 1 at the largest score and 0 elsewhere. Check that smaller scores get their
share of the probability.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    return torch.where(x == x.amax(dim=dim, keepdim=True), x - x + 1, x - x)
