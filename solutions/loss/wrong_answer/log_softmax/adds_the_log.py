"""Your result matches a logarithm that is added. Check the sign: the logarithm of the sum is
subtracted.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted + shifted.exp().sum(dim=dim, keepdim=True).log()
