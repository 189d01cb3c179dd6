"""Your result matches broadcasting of any length, which can turn one channel into three. Check the
lengths of mean and std against C.
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
    m = torch.as_tensor(mean, dtype=x.dtype).reshape(-1, 1, 1)
    s = torch.as_tensor(std, dtype=x.dtype).reshape(-1, 1, 1)
    return (x - m) / nonzero(s)
