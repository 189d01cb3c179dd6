"""Your result matches a shift by the largest score of the whole tensor. Check that each row is
shifted by its own largest score.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.max())
    return powers / powers.sum(dim=dim, keepdim=True)
