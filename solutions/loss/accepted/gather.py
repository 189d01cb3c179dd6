"""Short and vectorised: the softmax is the exponential of the log-softmax, gather picks."""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    largest = x.max(dim, keepdim=True).values.detach()
    return x - (largest + (x - largest).exp().sum(dim, keepdim=True).log())


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    return log_softmax(x, dim).exp()


def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    assert log_probs.size(0) == target.size(0)
    # gather refuses labels outside of the rows
    losses = -log_probs.gather(1, target.unsqueeze(1)).squeeze(1)
    return {"none": lambda v: v, "sum": torch.sum, "mean": torch.mean}[reduction](losses)


def cross_entropy(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    log_probs = log_softmax(x, dim=-1)
    return nll_loss(log_probs, target, reduction=reduction)
