"""Your result matches a product with a one-hot matrix, where 0 times -inf is nan. Check that the
entry is picked by index.
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
    onehot = torch.eye(log_probs.shape[1], dtype=log_probs.dtype)[checked(log_probs, target)]
    return reduced(-(onehot * log_probs).sum(dim=1), reduction)
