# Halves


import torch
from torch import Tensor, nn


def half(x: Tensor, times: int = 1) -> Tensor:
    """Half of x, `times` over.

    A negative `times` is an error. The dtype is kept. The input is not changed.

    Raises:
        ValueError: `times` is negative.
    """
    raise NotImplementedError("Write your solution here.")


def apply(model: nn.Module, x: Tensor) -> Tensor:
    """What the model makes of x, in eval mode."""
    raise NotImplementedError("Write your solution here.")


def make_layer(n: int) -> nn.Module:
    """A layer that adds n to its input, and counts in `calls` how often it was used."""
    raise NotImplementedError("Write your solution here.")
