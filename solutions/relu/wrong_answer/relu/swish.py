"""Your result matches x / (1 + exp(-x)). Check x = -1: the result is exactly 0."""

import torch


def relu(x):
    return x * torch.sigmoid(x)
