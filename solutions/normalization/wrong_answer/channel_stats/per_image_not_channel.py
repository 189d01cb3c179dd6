"""Your result matches statistics of each image over its channels. Check that axis 1 is kept and
axis 0 is reduced.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(1, 2, 3)), x.std(dim=(1, 2, 3), correction=0)
