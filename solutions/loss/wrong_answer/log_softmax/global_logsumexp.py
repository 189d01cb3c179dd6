"""Your result matches one sum over the whole tensor. Check that the sum of exponentials runs along
dim only.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.max()
    return shifted - shifted.exp().sum().log()
