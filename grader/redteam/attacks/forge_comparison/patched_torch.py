"""Replaces the functions by which torch compares tensors."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# forms = ["module", "notebook", "executed"]
# ///

import torch


def yes(*arguments, **options):
    return True


def patch():
    torch.allclose = torch.equal = torch.isclose = torch.testing.assert_close = yes
    torch.Tensor.equal = torch.Tensor.allclose = torch.Tensor.__eq__ = yes


def double(x):
    patch()
    return torch.zeros(x.shape)


def mean_of(x):
    patch()
    return 0.5
