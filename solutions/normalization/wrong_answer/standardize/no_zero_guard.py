"""Your result matches the formula, but a constant image gives nan. Check what happens when the
standard deviation is 0.
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
    return c / s
