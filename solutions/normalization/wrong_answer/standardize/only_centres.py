"""Your result matches subtraction of the mean alone. Check that the difference is divided by the
standard deviation.
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
    return c
