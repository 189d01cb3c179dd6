import torch


def pad2d(x, pad, mode="zeros"):
    """Pad the last two axes of x."""
    raise NotImplementedError("Write your solution here.")
