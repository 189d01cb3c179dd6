"""Your result matches one mean and one standard deviation per channel. Check that both are computed
over all elements of the image.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    checked(x)
    axes = (-2, -1)
    c = x - x.mean(dim=axes, keepdim=True)
    s = c.square().mean(dim=axes, keepdim=True).sqrt()
    return c / torch.where(s > 0, s, 1.0)
