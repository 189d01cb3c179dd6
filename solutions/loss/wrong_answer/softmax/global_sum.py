"""Your result matches division by the sum over the whole tensor. Check that the sum runs along dim
only.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers / powers.sum()
