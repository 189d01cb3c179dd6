"""Run-time error: the generator is used without its module's name."""

import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    generator = Generator().manual_seed(seed)
    count = round(frac * len(y))
    places = torch.randperm(len(y), generator=generator)[:count]
    result = y.clone()
    result[places] = torch.randint(num_classes, (count,), generator=generator)
    return result
