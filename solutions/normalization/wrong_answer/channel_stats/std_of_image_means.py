"""Your result matches the spread of the images' mean brightness. Check that the std is taken over
pixels, not over means.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    means = checked(x).mean(dim=(2, 3))
    return means.mean(dim=0), means.std(dim=0, correction=0)
