"""Your result matches the shifted exponentials without division. Check that each row is divided by
its sum.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return powers
