"""A list of labels, changed one by one; RuntimeError."""
import torch


def randomise_labels(y, frac, num_classes=10, seed=0):
    if frac < 0 or frac > 1:
        raise RuntimeError("frac")
    generator = torch.Generator()
    generator.manual_seed(seed)
    count = round(len(y) * frac)
    chosen = torch.randperm(len(y), generator=generator)[:count].tolist()
    drawn = torch.randint(0, num_classes, (count,), generator=generator).tolist()
    labels = y.tolist()
    for place, label in zip(chosen, drawn):
        labels[place] = label
    return torch.tensor(labels, dtype=y.dtype)
