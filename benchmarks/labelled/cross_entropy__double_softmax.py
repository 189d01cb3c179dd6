import torch

def cross_entropy(x, target, reduction="mean"):
    if len(x) != len(target):
        raise ValueError
    if ((target < 0) | (target >= x.shape[1])).any():
        raise IndexError
    e = (x - x.amax(1, keepdim=True)).exp()
    p = e / e.sum(1, keepdim=True)
    # log_softmax of probabilities
    z = p - p.exp().sum(1, keepdim=True).log()
    loss = -z[torch.arange(len(x)), target]
    return loss.mean() if reduction == "mean" else loss.sum() if reduction == "sum" else loss
