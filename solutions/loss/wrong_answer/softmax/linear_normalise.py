"""Your result matches the scores divided by their sum. Check that the exponential is taken
first.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    return x / x.sum(dim=dim, keepdim=True)
