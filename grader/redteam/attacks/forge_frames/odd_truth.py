"""Sends truth values that are neither 0 nor 1, and numbers of kinds that do not fit."""

# /// attack
# verdicts = { double = "FAILED|ERROR|TIMEOUT", mean_of = "FAILED|ERROR|TIMEOUT" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    return loot.answer_array("tensor", "bool", list(x.shape), [0] * x.dim(), b"\2")


def mean_of(x):
    return loot.answer_array("scalar", "bfloat16", [], [], b"\0\0")
