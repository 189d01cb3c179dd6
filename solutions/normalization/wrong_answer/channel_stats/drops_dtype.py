"""Your result matches float32 statistics for every input. Check that a float64 batch gives float64
statistics.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    x = checked(x).float()
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
