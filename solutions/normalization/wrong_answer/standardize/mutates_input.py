"""Your result matches the formula, but the caller's image changes too. Check for operations that
end in an underscore or assign into x.
"""

import torch
from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    x -= checked(x).mean().clone()
    s = x.square().mean().sqrt()
    return x / torch.where(s > 0, s, 1.0)
