"""Your result matches exponentials of the scores as they are, which overflow or vanish. Check that
the largest score of each row is subtracted first.
"""

import torch
from torch import Tensor


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
    rows = x - x.exp().sum(dim=1, keepdim=True).log()
    return reduced(-picked(rows, target), reduction)
