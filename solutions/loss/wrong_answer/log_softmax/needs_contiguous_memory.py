"""Your result matches the right one for scores that lie in one piece in memory. Check that no flat
view of x is needed.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    x = x.view(-1).view(x.shape)
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()
