"""Your result matches the formula for images that lie in one piece in memory. Check that no flat
view of x is needed.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    flat = checked(x).view(-1)
    c = flat - flat.mean()
    s = c.square().mean().sqrt()
    return (c / torch.where(s > 0, s, 1.0)).view(x.shape)
