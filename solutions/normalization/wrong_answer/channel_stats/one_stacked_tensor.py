"""Your result matches the right numbers as one tensor with two columns. Check that two tensors are
returned, mean first.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.ndim != 4 or x.numel() == 0:
        raise ValueError("wanted a batch [N, C, H, W] with pixels")
    return x


def channel_stats(x: Tensor) -> tuple[Tensor, Tensor]:
    checked(x)
    return torch.stack([x.mean(dim=(0, 2, 3)), x.std(dim=(0, 2, 3), correction=0)], dim=1)
