"""Accepted: one element after the other, with an ordinary if."""

import torch


def relu(x):
    kept = []
    for value in x.reshape(-1):
        kept.append(torch.zeros_like(value) if value < 0 else value)
    return torch.stack(kept).reshape(x.shape)
