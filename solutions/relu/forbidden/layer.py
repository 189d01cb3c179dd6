"""Forbidden: a layer made once and called under another name."""

from torch.nn import ReLU as Rectifier

rectify = Rectifier()


def relu(x):
    return rectify(x)
