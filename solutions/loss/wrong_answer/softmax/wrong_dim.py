"""Your result matches probabilities along the first axis. Check that the axis dim sums to 1, which
is the last one by default.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    dim = 0
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True)
