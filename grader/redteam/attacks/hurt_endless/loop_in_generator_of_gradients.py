"""Returns tensors whose gradient takes for ever."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import torch


class Slow(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x * 2

    @staticmethod
    def backward(ctx, gradient):
        while True:
            pass


def double(x):
    return Slow.apply(x)
