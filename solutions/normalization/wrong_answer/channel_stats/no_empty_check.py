"""Your result matches the formula, also for a batch without pixels, where it is nan. Check for an
empty batch first.
"""

import torch
from torch import Tensor


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    if x.ndim != 4:
        raise ValueError("wanted a batch [N, C, H, W]")
    return x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)
