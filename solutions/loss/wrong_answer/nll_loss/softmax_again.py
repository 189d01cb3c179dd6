"""Your result matches rows that were normalised once more. Check that the entries are used as they
are.
"""

import torch
from torch import Tensor


def checked(rows: Tensor, target: Tensor) -> Tensor:
    if target.shape != rows.shape[:1]:
        raise ValueError("rows and labels differ in number")
    if ((target < 0) | (target >= rows.shape[1])).any():
        raise IndexError("a label is no class")
    return target


def reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    rows = log_probs - log_probs.exp().sum(dim=1, keepdim=True).log()
    picked = rows[torch.arange(len(rows)), checked(rows, target)]
    return reduced(-picked, reduction)
