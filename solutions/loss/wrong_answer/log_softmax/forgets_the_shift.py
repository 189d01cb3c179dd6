"""Your result matches a sum of shifted exponentials beside scores that are not shifted. Check that
the same shift is used on both sides of the minus.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return x - shifted.exp().sum(dim=dim, keepdim=True).log()
