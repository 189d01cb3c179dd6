"""Your result matches a shift by the largest score of the whole batch. Check that each row is
shifted by its own largest score.
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
    rows = x - x.max()
    rows = rows - rows.exp().sum(dim=1, keepdim=True).log()
    return reduced(-picked(rows, target), reduction)
