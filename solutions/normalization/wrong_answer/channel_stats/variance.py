"""Your result matches the variance of each channel. Check for the square root."""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(0, 2, 3)), x.var(dim=(0, 2, 3), correction=0)
