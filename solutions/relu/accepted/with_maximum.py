"""Accepted: the larger of x and a tensor of zeros."""

import torch


def relu(x):
    return torch.maximum(x, torch.zeros_like(x))
