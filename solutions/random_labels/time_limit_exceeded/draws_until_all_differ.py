"""Time limit exceeded: draws a whole new set until no label is the right one by chance."""

import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    generator = torch.Generator().manual_seed(seed)
    count = round(frac * len(y))
    places = torch.randperm(len(y), generator=generator)[:count]
    fresh = y[places]
    while (fresh == y[places]).any() or count == 0:
        fresh = torch.randint(num_classes, (count,), generator=generator)
    result = y.clone()
    result[places] = fresh
    return result
