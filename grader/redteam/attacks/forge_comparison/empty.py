"""Returns tensors without elements, all of which are equal."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import torch


def double(x):
    return torch.zeros((0, *x.shape))
