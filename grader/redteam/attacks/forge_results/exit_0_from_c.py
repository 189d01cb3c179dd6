"""Ends the process with 0 by C's exit and by the bare system call."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR|TIMEOUT" }
# ///

import ctypes


def double(x):
    ctypes.CDLL(None)._exit(0)


def mean_of(x):
    ctypes.CDLL(None).exit(0)
