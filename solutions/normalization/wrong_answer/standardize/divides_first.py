"""Your result matches division before subtraction. Check the order: subtract the mean, then divide
the difference.
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
    return x / torch.where(s > 0, s, 1.0) - x.mean() if s > 0 else c
