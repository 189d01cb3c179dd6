"""Your result matches one mean and one standard deviation per row. Check that both are computed
over all elements of the image.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    c = checked(x) - x.mean(dim=-1, keepdim=True)
    s = c.square().mean(dim=-1, keepdim=True).sqrt()
    return c / torch.where(s > 0, s, 1.0)
