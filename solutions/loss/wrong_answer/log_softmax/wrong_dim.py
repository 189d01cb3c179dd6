"""Your result matches log-probabilities along the first axis. Check that dim is used, which is the
last axis by default.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    dim = 0
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()
