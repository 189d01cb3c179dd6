"""Your result matches a frac that is cut off at 0 and 1. Check that a value outside of [0, 1]
raises an error.
"""

import torch
from torch import Tensor


def drawn(size: int, frac: float, seed: int) -> tuple[int, Tensor, torch.Generator]:
    """How many labels, at which places, and the generator to go on with."""
    if not 0 <= frac <= 1:
        raise ValueError("frac is a fraction in [0, 1]")
    generator = torch.Generator().manual_seed(seed)
    return round(frac * size), torch.randperm(size, generator=generator), generator


def randomise_labels(y: Tensor, frac: float, num_classes: int = 10, seed: int = 0) -> Tensor:
    frac = min(1.0, max(0.0, frac))
    count, places, generator = drawn(len(y), frac, seed)
    result = y.clone()
    result[places[:count]] = torch.randint(num_classes, (count,), generator=generator)
    return result
