"""The labels one at a time, in a plain loop."""

import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    assert 0.0 <= frac <= 1.0, "frac"
    own = torch.Generator()
    own.manual_seed(seed)
    count = round(len(y) * frac)
    order = torch.randperm(len(y), generator=own)
    result = y.tolist()
    for place in order[:count].tolist():
        result[place] = torch.randint(0, num_classes, (1,), generator=own).item()
    return torch.tensor(result)
