"""Your result matches the right numbers with the opposite sign. Check that log-probabilities are 0
or less.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted.exp().sum(dim=dim, keepdim=True).log() - shifted
