"""Your result matches division by the standard deviation alone. Check that the mean is subtracted
first.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = c.square().mean().sqrt()
    return x / torch.where(s > 0, s, 1.0) if s > 0 else c
