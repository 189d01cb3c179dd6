"""Your result matches the right one to about four digits. Check that nothing small is added to the
sum of exponentials.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - (shifted.exp().sum(dim=dim, keepdim=True) + 1e-4).log()
