"""Your result matches the right loss to about three digits. Check that the sum is divided by the
number of samples exactly.
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
    picked = log_probs[torch.arange(len(log_probs)), checked(log_probs, target)]
    losses = -picked
    return (
        losses.sum() / (len(losses) + 1e-3) if reduction == "mean" else reduced(losses, reduction)
    )
