"""Your result matches probabilities that cannot fall below a small limit. Check the formula that
needs no probabilities: score minus log of the sum.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    powers = shifted.exp()
    return (powers / powers.sum(dim=dim, keepdim=True)).clamp(min=1e-7).log()
