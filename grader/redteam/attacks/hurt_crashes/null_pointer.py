"""Reads and writes at address 0."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# forms = ["module", "notebook", "executed"]
# ///

import ctypes


def double(x):
    return ctypes.string_at(0)


def mean_of(x):
    ctypes.memset(0, 0, 1)
