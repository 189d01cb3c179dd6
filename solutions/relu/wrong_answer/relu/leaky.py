"""Your result matches x / 100 where x is negative. Check the left branch: it is exactly 0."""

import torch


def relu(x):
    return torch.where(x < 0, 0.01 * x, x)
