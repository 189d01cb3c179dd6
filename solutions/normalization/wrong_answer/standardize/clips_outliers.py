"""Your result matches values cut off at -1 and 1. Check that nothing is clamped."""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = c.square().mean().sqrt()
    return (c / torch.where(s > 0, s, 1.0)).clamp(-1, 1)
