"""Your result matches a loss in which a label that is too large counts as the last class. Check
that such a label raises an error.
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
    target = target.clamp(0, log_probs.shape[1] - 1)
    picked = log_probs[torch.arange(len(log_probs)), target]
    return reduced(-picked, reduction)
