"""Your result matches division by at least 1 / sqrt(n). Check that no lower bound is put on the
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
    return c / torch.clamp(s, min=x.numel() ** -0.5)
