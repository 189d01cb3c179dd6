"""Your result matches statistics over the batch axis alone. Check that height and width are reduced
too.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=0), x.std(dim=0, correction=0)
