"""Replaces built-in names that a comparison may use."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# ///

import builtins

import torch

builtins.round = lambda *a: 0
builtins.abs = lambda *a, **o: 0.0


def double(x):
    return torch.zeros(x.shape)


def mean_of(x):
    return 0.5
