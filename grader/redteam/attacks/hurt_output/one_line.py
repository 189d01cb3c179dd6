"""Prints one line that does not end, and bytes that are no text."""

# /// attack
# verdicts = { double = "OUTPUT", mean_of = "PASSED" }
# points = 2
# ///

import os
import sys


def double(x):
    sys.stdout.write("x" * (1 << 25))


def mean_of(x):
    os.write(1, bytes(range(256)) + b"\xff\xfe\x1b]0;title\x07\x1b[2J")
    return x.mean().item()
