"""Sends arrays of shapes and strides that no memory holds."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    return loot.answer_array("tensor", "float32", [1 << 40, 1 << 40], [0, 0], b"\0" * 4)


def mean_of(x):
    return loot.answer_array("tensor", "float32", [-1], [1], b"")
