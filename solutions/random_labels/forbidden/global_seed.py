"""Forbidden: seeds the global generator, so that all random numbers drawn later change."""

import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    if not 0 <= frac <= 1:
        raise ValueError(frac)
    torch.manual_seed(seed)
    count = round(frac * len(y))
    places = torch.randperm(len(y))[:count]
    result = y.clone()
    result[places] = torch.randint(num_classes, (count,))
    return result
