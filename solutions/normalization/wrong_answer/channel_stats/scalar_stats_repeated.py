"""Your result matches the same statistics for every channel. Check that each channel is computed
from its own pixels.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    channels = x.shape[1]
    return x.mean().expand(channels), x.std(correction=0).expand(channels)
