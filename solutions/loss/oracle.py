"""What the hidden tests compare with: torch's own functions in float64."""

import torch.nn.functional as F
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    return F.softmax(x.double(), dim=dim).to(x.dtype)


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    return F.log_softmax(x.double(), dim=dim).to(x.dtype)


def nll_loss(log_probs: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    return F.nll_loss(log_probs.double(), target, reduction=reduction).to(log_probs.dtype)


def cross_entropy(x: Tensor, target: Tensor, reduction: str = "mean") -> Tensor:
    return F.cross_entropy(x.double(), target, reduction=reduction).to(x.dtype)
