"""Recurses without end, with Python's own limit lifted."""

# /// attack
# verdicts = { double = "ERROR|MEMORY|TIMEOUT", mean_of = "ERROR|MEMORY" }
# ///

import sys


def double(x):
    sys.setrecursionlimit(1 << 30)
    return double(x)


def mean_of(x):
    sys.setrecursionlimit(1 << 30)
    return sorted([1], key=lambda _: mean_of(x))
