"""Your result matches the formula, but mean and standard deviation count as constants in the
gradient. Check that both stay in the graph.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    mean, s = checked(x).detach().mean(), x.detach().std(correction=0)
    return (x - mean) / torch.where(s > 0, s, 1.0)
