"""Sends an array without elements whose other sizes overflow every product."""

# /// attack
# verdicts = { double = "FAILED|ERROR|TIMEOUT", mean_of = "FAILED|ERROR|TIMEOUT" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    huge = [0, (1 << 48) - 1, (1 << 48) - 1, (1 << 48) - 1]
    return loot.answer_array("tensor", "float32", huge, [0, 0, 0, 0], b"")


def mean_of(x):
    huge = [0, (1 << 48) - 1, (1 << 48) - 1]
    return loot.answer_array("array", "float64", huge, [0, 0, 0], b"")
