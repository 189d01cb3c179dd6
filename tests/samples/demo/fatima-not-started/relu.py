import torch


def relu(x):
    """Clip at zero."""
    raise NotImplementedError("Write your solution here.")
