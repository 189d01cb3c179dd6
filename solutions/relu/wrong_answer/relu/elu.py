"""Your result matches exp(x) - 1 where x is negative. Check the left branch: it is exactly 0."""

import torch


def relu(x):
    return torch.where(x < 0, torch.expm1(x.clamp(max=0)), x)
