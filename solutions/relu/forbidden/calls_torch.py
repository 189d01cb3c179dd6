"""Forbidden: torch's own function."""

import torch.nn.functional as F


def relu(x):
    return F.relu(x)
