"""Your result matches the formula in float32 for every input. Check that a float64 image gives a
float64 result.
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
    return (c / torch.where(s > 0, s, 1.0)).float()
