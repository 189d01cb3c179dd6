"""Your result matches the loss of the last sample. Check that a loop over the batch adds up and
does not start anew.
"""

import torch
from torch import Tensor


def checked(rows: Tensor, target: Tensor) -> Tensor:
    if target.shape != rows.shape[:1]:
        raise ValueError("rows and labels differ in number")
    if ((target < 0) | (target >= rows.shape[1])).any():
        raise IndexError("a label is no class")
    return target


def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    picked = log_probs[torch.arange(len(log_probs)), checked(log_probs, target)]
    return -picked if reduction == "none" else -picked[-1]
