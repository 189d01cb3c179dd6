"""Your result matches one row of statistics per image. Check that the batch axis is reduced
together with height and width.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(2, 3)), x.std(dim=(2, 3), correction=0)
