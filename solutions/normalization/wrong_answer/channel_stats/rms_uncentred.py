"""Your result matches the root mean square of each channel. Check that the mean is subtracted
before squaring.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(0, 2, 3)), x.square().mean(dim=(0, 2, 3)).sqrt()
