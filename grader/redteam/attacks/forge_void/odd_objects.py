"""Returns functions, types, modules, generators, ranges and sets."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED", relu = "FAILED", open_vault = "FAILED" }
# control = "a naive grader voids nothing"
# ///

import sys


def double(x):
    return double


def mean_of(x):
    return (number for number in [1.0])


def repeat(text):
    return {1, 2, 3}


def relu(x):
    return sys


def open_vault(n):
    return ..., range(10), memoryview(b"x"), NotImplemented
