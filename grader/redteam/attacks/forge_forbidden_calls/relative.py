"""Calls a close relative: clamp, maximum, a module."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import torch


def relu(x):
    return torch.maximum(x, torch.zeros(())) if x.dim() else torch.nn.ReLU()(x).clamp(min=0)
