"""Your result matches exponentials of the negative scores. Check the sign: the largest score gets
the largest probability.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x.amin(dim=dim, keepdim=True) - x)
    return powers / powers.sum(dim=dim, keepdim=True)
