"""Your result matches the std with a small constant inside the root. Check that nothing is added to
the variance.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return x.mean(dim=(0, 2, 3)), (x.var(dim=(0, 2, 3), correction=0) + 1e-4).sqrt()
