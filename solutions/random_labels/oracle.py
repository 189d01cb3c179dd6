"""What the hidden tests compare with: the same draws, put in place by a mask and plain lists."""

import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    generator = torch.Generator()
    generator.manual_seed(seed)
    size = y.numel()
    count = int(frac * size + 0.5)
    order = torch.randperm(size, generator=generator).tolist()
    drawn = torch.randint(0, num_classes, (count,), generator=generator).tolist()
    redrawn = dict(zip(order[:count], drawn, strict=True))
    labels = [redrawn.get(place, label) for place, label in enumerate(y.tolist())]
    return torch.tensor(labels, dtype=y.dtype)
