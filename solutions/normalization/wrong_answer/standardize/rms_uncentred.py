"""Your result matches division by the root mean square of x. Check that the mean is subtracted
before squaring.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = x.square().mean().sqrt()
    return c / torch.where(s > 0, s, 1.0)
