"""Returns arrays with negative, overlapping and unaligned strides."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", relu = "FAILED" }
# ///

import numpy
import torch


def double(x):
    return numpy.arange(10.0)[::-3]


def mean_of(x):
    return numpy.frombuffer(b"0123456789abc", dtype="<f4", count=2, offset=1)


def relu(x):
    return torch.arange(9.0).as_strided((5, 5), (1, 1))
