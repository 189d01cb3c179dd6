"""Your result matches the sample standard deviation, which divides by n - 1. Check that the sum of
squares is divided by n.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3))
