"""Your result matches the right loss for rows that lie in one piece in memory. Check that no flat
view of log_probs is needed.
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
    count, classes = log_probs.shape
    places = torch.arange(count) * classes + checked(log_probs, target)
    return reduced(-log_probs.view(-1)[places], reduction)
