"""Run-time error: cross_entropy asks a whole row for its one item; the others are right."""

import torch


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)


def log_softmax(x, dim=-1):
    shifted = x - x.amax(dim, keepdim=True)
    return shifted - shifted.exp().sum(dim, keepdim=True).log()


def nll_loss(log_probs, target, reduction="mean"):
    if len(log_probs) != len(target) or (target < 0).any():
        raise ValueError("labels do not fit")
    losses = -log_probs[torch.arange(len(target)), target]
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def cross_entropy(x, target, reduction="mean"):
    return sum(-log_softmax(x, 1)[n].item() for n in target)
