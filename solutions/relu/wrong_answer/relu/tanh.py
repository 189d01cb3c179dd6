"""Your result matches tanh(x). Check large numbers: positive elements keep their value, negative
ones become 0.
"""

import torch


def relu(x):
    return torch.tanh(x)
