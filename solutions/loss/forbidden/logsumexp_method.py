"""Forbidden: log_softmax calls the tensor's own logsumexp; the other functions are right."""

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
    if len(x) != len(target) or (target < 0).any():
        raise ValueError("labels do not fit")
    rows = softmax(x.double(), 1).log()
    return nll_loss(rows, target, reduction).to(x.dtype)
