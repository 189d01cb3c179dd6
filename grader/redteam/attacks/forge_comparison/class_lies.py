"""Returns objects that claim another class and another shape than they have."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED" }
# ///

import torch


class Liar:
    __class__ = float
    shape = property(lambda self: torch.Size([1]))
    dtype = torch.float32

    def __eq__(self, other):
        return True

    def __getattr__(self, name):
        return self

    def __call__(self, *arguments, **options):
        return True

    def __bool__(self):
        return True


class Pretender(Liar):
    __class__ = torch.Tensor


def double(x):
    return Liar()


def repeat(text):
    return Pretender()


mean_of = double
