"""Your result matches the right numbers, but with slope 1 everywhere. Check negative numbers: no
gradient passes there.
"""

import torch


class StraightThrough(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.clamp(min=0)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


def relu(x):
    return StraightThrough.apply(x)
