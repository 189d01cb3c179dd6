"""Your result matches the sample standard deviation, which divides by n - 1. Check that the sum of
squares is divided by n.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    if x.max() == x.min():
        return torch.zeros_like(x)
    return c / x.std(correction=1)
