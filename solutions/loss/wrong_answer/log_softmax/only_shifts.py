"""Your result matches the scores minus the largest one. Check that the logarithm of the sum of
exponentials is subtracted too.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted
