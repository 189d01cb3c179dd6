"""Your result matches the formula, also for an image without elements. Check for an empty image
before computing its mean.
"""

import torch
from torch import Tensor


def standardize(x: Tensor) -> Tensor:
    c = x - x.mean()
    s = c.square().mean().sqrt()
    return c / torch.where(s > 0, s, 1.0)
