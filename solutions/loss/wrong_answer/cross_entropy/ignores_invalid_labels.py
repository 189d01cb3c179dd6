"""Your result matches a loss that leaves out labels which are no class. Check that such a label
raises an error.
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
    valid = (target >= 0) & (target < x.shape[1])
    return reduced(
        -log_probabilities(x)[valid][torch.arange(int(valid.sum())), target[valid]], reduction
    )
