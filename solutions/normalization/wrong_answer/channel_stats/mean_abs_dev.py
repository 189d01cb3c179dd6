"""Your result matches the mean absolute deviation in place of the std. Check that deviations are
squared, averaged, and the root is taken.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    mean = checked(x).mean(dim=(0, 2, 3))
    return mean, (x - mean[:, None, None]).abs().mean(dim=(0, 2, 3))
