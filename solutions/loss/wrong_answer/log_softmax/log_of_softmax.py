"""Your result matches the logarithm of rounded probabilities, which is -inf where one rounds to 0.
Check that no exponential is undone by a logarithm.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    powers = shifted.exp()
    return (powers / powers.sum(dim=dim, keepdim=True)).log()
