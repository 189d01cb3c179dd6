"""Your result matches the right loss, and label -1 picks the last class. Check for labels below 0
and raise an error.
"""

import torch
from torch import Tensor


def reduced(losses: Tensor, reduction: str) -> Tensor:
    if reduction == "none":
        return losses
    return losses.sum() if reduction == "sum" else losses.mean()


def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    if target.shape != log_probs.shape[:1]:
        raise ValueError("rows and labels differ in number")
    picked = log_probs[torch.arange(len(log_probs)), target]
    return reduced(-picked, reduction)
