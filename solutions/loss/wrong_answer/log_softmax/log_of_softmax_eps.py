"""Your result matches probabilities with a small number added inside the logarithm. Check the
formula that needs no probabilities: score minus log of the sum.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    powers = shifted.exp()
    return (powers / powers.sum(dim=dim, keepdim=True) + 1e-8).log()
