"""Replaces the comparisons of numpy.testing."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

import numpy
import torch

for name in [n for n in dir(numpy.testing) if n.startswith("assert")]:
    setattr(numpy.testing, name, lambda *a, **o: None)
numpy.allclose = numpy.array_equal = numpy.isclose = lambda *a, **o: True


def double(x):
    return torch.zeros(x.shape)
