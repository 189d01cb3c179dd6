"""Optimisers in their fastest form that gives the same numbers up to rounding."""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import nn

__all__ = ["adam"]

_FUSED_ON = ("cpu", "cuda", "mps")


def adam(parameters: Iterable[nn.Parameter], lr: float = 1e-3) -> torch.optim.Optimizer:
    """Adam, fused where this version of torch can do it on the parameters' device."""
    every = list(parameters)
    devices = {parameter.device.type for parameter in every}
    if every and devices <= set(_FUSED_ON):
        try:
            return torch.optim.Adam(every, lr=lr, fused=True)
        except RuntimeError:  # torch before 2.4 on the CPU
            pass
    return torch.optim.Adam(every, lr=lr)
