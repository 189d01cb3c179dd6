"""Your result matches the right loss, and label -1 picks the last class. Check for labels below 0
and raise an error.
"""

import torch
from torch import Tensor


def log_probabilities(x: Tensor, dim: int = 1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def cross_entropy(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    if target.shape != x.shape[:1]:
        raise ValueError("rows and labels differ in number")
    return reduced(-log_probabilities(x)[torch.arange(len(x)), target], reduction)
