"""Your result matches the right labels, but torch's global generator moves on. Check that every
random number is drawn with your own generator.
"""

import torch
from torch import Tensor


def randomise_labels(y: Tensor, frac: float, num_classes: int = 10, seed: int = 0) -> Tensor:
    if not 0 <= frac <= 1:
        raise ValueError("frac is a fraction in [0, 1]")
    generator = torch.Generator().manual_seed(seed)
    count = round(frac * len(y))
    drawn = torch.randint(num_classes, (len(y),))
    places = torch.randperm(len(y), generator=generator)[:count]
    drawn[:count] = torch.randint(num_classes, (count,), generator=generator)
    result = y.clone()
    result[places] = drawn[:count]
    return result
