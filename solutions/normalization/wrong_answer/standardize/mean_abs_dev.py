"""Your result matches division by the mean absolute deviation. Check that the deviations are
squared before they are averaged.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean()
    s = c.abs().mean()
    return c / torch.where(s > 0, s, 1.0)
