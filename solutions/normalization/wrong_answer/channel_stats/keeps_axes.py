"""Your result matches the right numbers with axes of length 1 around them. Check that both results
have the shape (C,).
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    std, mean = torch.std_mean(checked(x), dim=(0, 2, 3), correction=0, keepdim=True)
    return mean, std
