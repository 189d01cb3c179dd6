"""Your result matches a loss that adds log(1 - p) of the other classes. Check that only the right
class has a term.
"""

import torch
from torch import Tensor


def log_probabilities(x: Tensor, dim: int = 1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return shifted - shifted.exp().sum(dim=dim, keepdim=True).log()


def picked(rows: Tensor, target: Tensor) -> Tensor:
    if target.shape != rows.shape[:1]:
        raise ValueError("rows and labels differ in number")
    if ((target < 0) | (target >= rows.shape[1])).any():
        raise IndexError("a label is no class")
    return rows[torch.arange(len(rows)), target]


def reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def cross_entropy(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    picked(x, target)
    onehot = torch.eye(x.shape[1], dtype=x.dtype)[target]
    p = log_probabilities(x).exp()
    terms = onehot * p.clamp(min=1e-30).log() + (1 - onehot) * (1 - p).clamp(min=1e-30).log()
    return reduced(-terms.sum(dim=1), reduction)
