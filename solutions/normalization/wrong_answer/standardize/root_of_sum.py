"""Your result matches division by the root of the sum of squares. Check that the sum is divided by
the number of elements.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = c.square().sum().sqrt()
    return c / torch.where(s > 0, s, 1.0)
