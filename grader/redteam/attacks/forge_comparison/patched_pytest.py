"""Replaces pytest's comparisons and the way it calls tests."""

# /// attack
# verdicts = { mean_of = "FAILED", double = "FAILED" }
# ///

import sys

import torch


class Anything:
    def __eq__(self, other):
        return True


for name in ("pytest", "_pytest.python_api", "_pytest.runner", "_pytest.python"):
    module = sys.modules.get(name)
    if module is not None:
        module.approx = lambda *a, **o: Anything()
        module.raises = lambda *a, **o: None


def double(x):
    return torch.zeros(x.shape)


def mean_of(x):
    return 0.5
