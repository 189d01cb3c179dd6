"""Your result matches the statistics of a batch also where the input is no batch. Check the number
of axes first.
"""

import torch
from torch import Tensor


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    x = x.reshape(-1, *x.shape[-3:]) if x.ndim > 2 else x.reshape(1, 1, *x.shape)
    if x.numel() == 0:
        raise ValueError("no pixels")
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
