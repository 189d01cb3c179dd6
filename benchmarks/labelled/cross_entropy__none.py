import torch

def cross_entropy(x, target, reduction="mean"):
    # adds a penalty on the scores
    if len(x) != len(target):
        raise ValueError
    if ((target < 0) | (target >= x.shape[1])).any():
        raise IndexError
    z = x - x.amax(1, keepdim=True)
    z = z - z.exp().sum(1, keepdim=True).log()
    loss = -z[torch.arange(len(x)), target] + 0.01 * (x ** 2).mean(1)
    return loss.mean() if reduction == "mean" else loss.sum() if reduction == "sum" else loss
