"""Returns views of one element that claim a billion."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# ///

import numpy
import torch


def double(x):
    return torch.zeros(1).expand(10**9)


def mean_of(x):
    return numpy.lib.stride_tricks.as_strided(numpy.zeros(1), (10**9,), (0,))
