"""Your result matches a standard deviation with a number near 0.0001 added. Check that such a guard
is at most 1e-8.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = c.square().mean().sqrt()
    return c / (s + 1e-4)
