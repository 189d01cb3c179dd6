"""Makes the input an object that makes every later answer equal."""

# /// attack
# verdicts = { double = "FAILED" }
# control = "torch's tensors change class in ways that differ by version"
# ///

import torch


class Right(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True


def double(x):
    x.__class__ = Right
    return x
