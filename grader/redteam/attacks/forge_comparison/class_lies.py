"""Returns objects that claim another class and another shape than they have."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", open_vault = "FAILED" }
# ///

import torch


class Liar:
    __class__ = torch.Tensor
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


def double(x):
    return Liar()


mean_of = open_vault = double
