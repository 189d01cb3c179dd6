"""Out of place, with a range check by comparison and scatter instead of assignment."""

import torch
from torch import Tensor


def randomise_labels(y: Tensor, frac: float, num_classes: int = 10, seed: int = 0) -> Tensor:
    if frac < 0 or frac > 1:
        raise ValueError("frac lies between 0 and 1")
    rng = torch.Generator(device="cpu").manual_seed(seed)
    n = y.shape[0]
    k = int(torch.tensor(frac * n, dtype=torch.float64).round())
    chosen = torch.randperm(n, generator=rng)[:k]
    fresh = torch.randint(low=0, high=num_classes, size=(k,), generator=rng, dtype=y.dtype)
    return y.scatter(0, chosen, fresh)
