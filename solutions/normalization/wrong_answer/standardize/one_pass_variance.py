"""Your result matches the formula for small numbers, but loses its digits where the mean is large.
Check that the mean is subtracted before squaring.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    variance = checked(x).square().mean() - x.mean().square()
    s = variance.clamp(min=0).sqrt()
    return (x - x.mean()) / torch.where(s > 0, s, 1.0)
