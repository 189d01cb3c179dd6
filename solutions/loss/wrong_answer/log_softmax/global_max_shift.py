"""Your result matches a shift by the largest score of the whole tensor. Check that each row is
shifted by its own largest score.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.max()
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()
