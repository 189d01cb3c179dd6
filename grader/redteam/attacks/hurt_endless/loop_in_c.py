"""Loops in C, where no Python signal handler is run: a huge power, a regular expression."""

# /// attack
# verdicts = { double = "TIMEOUT", mean_of = "TIMEOUT" }
# ///

import re


def double(x):
    return 3 ** (10**9)


def mean_of(x):
    return re.match("(a+)+$", "a" * 60 + "b")
