"""Your result matches the logarithm of a mean. Check that the exponentials are summed, not
averaged.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().mean(dim=dim, keepdim=True).log()
