"""By division; a module that adds."""

from torch import nn


def half(tensor, times=1):
    if times < 0:
        raise RuntimeError("no")
    for _ in range(times):
        tensor = tensor / 2
    return tensor * 1


def apply(model, x):
    return model.eval()(x)


class _Adder(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        return x + self.n


make_layer = _Adder
