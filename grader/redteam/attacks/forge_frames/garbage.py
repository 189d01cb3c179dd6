"""Sends bytes that are no frame."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os


def double(x):
    os.write(3, bytes(range(256)) * 10)
    return x * 2
