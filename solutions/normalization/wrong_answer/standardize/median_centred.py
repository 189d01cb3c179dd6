"""Your result matches subtraction of the median. Check that the mean is subtracted."""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.median()
    s = x.std(correction=0)
    return c / torch.where(s > 0, s, 1.0)
