"""Your result matches the logarithms of the probabilities. Check whether a logarithm is taken at
the end.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return (x - x.amax(dim=dim, keepdim=True)) - powers.sum(dim=dim, keepdim=True).log()
