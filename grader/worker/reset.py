"""Puts back what a student's code may have left behind in random, numpy and torch."""

from __future__ import annotations

import random

import numpy as np
import torch

__all__ = ["reset"]


def reset(seed: int) -> None:
    """Reseed every generator; default dtype, device, grad mode, one thread, determinism."""
    random.seed(seed)
    np.random.seed(seed % (1 << 32))
    torch.default_generator.manual_seed(seed)
    if torch.get_default_dtype() is not torch.float32:
        torch.set_default_dtype(torch.float32)
    if torch.get_default_device().type != "cpu":
        torch.set_default_device(None)
    torch.set_grad_enabled(True)
    if torch.get_num_threads() != 1:
        torch.set_num_threads(1)
    if torch.is_anomaly_enabled():
        torch.autograd.set_detect_anomaly(False)
    if torch.are_deterministic_algorithms_enabled():  # else: setting it imports 900 modules
        torch.use_deterministic_algorithms(False)
    torch.set_flush_denormal(False)
    np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")
