"""Your result matches values cut off to the range from 0 to 1. Check that nothing is clamped:
normalised pixels may be negative.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def per_channel(x: Tensor, numbers: float | Sequence[float]) -> Tensor:
    column = torch.as_tensor(numbers, dtype=x.dtype).reshape(-1, 1, 1)
    if len(column) not in (1, x.shape[-3]):
        raise ValueError("the number of entries is not the number of channels")
    return column


def nonzero(column: Tensor) -> Tensor:
    if (column == 0).any():
        raise ValueError("a standard deviation is 0")
    return column


def normalize(x: Tensor, mean: float | Sequence[float], std: float | Sequence[float]) -> Tensor:
    m, s = per_channel(x, mean), nonzero(per_channel(x, std))
    return ((x - m) / s).clamp(0, 1)
