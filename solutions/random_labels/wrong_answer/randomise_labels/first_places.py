"""Your result matches the first labels replaced. Check that the places are drawn too, from all of
the data.
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
    count, places, generator = drawn(len(y), frac, seed)
    result = y.clone()
    result[:count] = torch.randint(num_classes, (count,), generator=generator)
    return result
