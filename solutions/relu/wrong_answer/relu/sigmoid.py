"""Your result matches 1 / (1 + exp(-x)). Check large numbers: positive elements keep their
value.
"""

import torch


def relu(x):
    return torch.sigmoid(x)
