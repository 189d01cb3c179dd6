"""Time limit exceeded: softmax rescales until its rows sum to exactly 1; rounding prevents it."""

import torch


def softmax(x, dim=-1):
    powers = (x - x.amax(dim, keepdim=True)).exp()
    while (powers.double().sum(dim) != 1).any():
        powers = powers / powers.sum(dim, keepdim=True)
    return powers


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
    return nll_loss(log_softmax(x, 1), target, reduction)
