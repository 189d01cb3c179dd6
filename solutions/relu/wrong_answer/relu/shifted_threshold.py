"""Your result matches zeros for everything below 1. Check the threshold: numbers between 0 and 1
stay.
"""

import torch


def relu(x):
    return torch.where(x < 1, 0.0, x)
