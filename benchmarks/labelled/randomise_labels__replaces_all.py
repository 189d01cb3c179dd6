import torch

def randomise_labels(y, frac, num_classes=10, seed=0):
    if frac < 0 or frac > 1:
        raise ValueError
    g = torch.Generator()
    g.manual_seed(seed)
    torch.randperm(len(y), generator=g)
    return torch.randint(0, num_classes, (len(y),), generator=g)
