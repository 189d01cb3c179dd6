"""Your result matches a coin thrown for each label, which hits the wanted number on average only.
Check that exactly round(frac * N) labels are drawn.
"""

import torch
from torch import Tensor


def randomise_labels(y: Tensor, frac: float, num_classes: int = 10, seed: int = 0) -> Tensor:
    if not 0 <= frac <= 1:
        raise ValueError(frac)
    generator = torch.Generator().manual_seed(seed)
    hit = torch.rand(len(y), generator=generator) < frac
    labels = torch.randint(num_classes, (len(y),), generator=generator)
    return torch.where(hit, labels, y)
