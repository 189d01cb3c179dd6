"""Your result matches a list of length 1 applied to channel 0 alone. Check that such a list serves
all channels.
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
    if not isinstance(mean, (list, tuple)):
        mean = [mean] * x.shape[-3]
    if not isinstance(std, (list, tuple)):
        std = [std] * x.shape[-3]
    m, s = per_channel(x, mean), nonzero(per_channel(x, std))
    m = torch.cat([m, m.new_zeros(x.shape[-3] - len(m), 1, 1)])
    s = torch.cat([s, s.new_ones(x.shape[-3] - len(s), 1, 1)])
    return (x - m) / s
