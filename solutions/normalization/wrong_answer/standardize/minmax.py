"""Your result matches min-max scaling to the range from 0 to 1. Check that mean and standard
deviation are used.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    checked(x)
    spread = x.max() - x.min()
    return (x - x.min()) / torch.where(spread > 0, spread, 1.0)
