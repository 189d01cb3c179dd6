"""Your result matches the statistics of the first image. Check that all images of the batch are
used.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x[0].mean(dim=(1, 2)), x[0].std(dim=(1, 2), correction=0)
