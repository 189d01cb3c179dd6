"""Your result matches statistics along the first axis only. Check that mean and standard deviation
are computed over all axes.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean(dim=0, keepdim=True)
    s = c.square().mean(dim=0, keepdim=True).sqrt()
    return c / torch.where(s > 0, s, 1.0)
