"""Ends the process with 0 while it is loaded."""

# /// attack
# verdicts = { double = "ERROR|FAILED" }
# ///

import os


def double(x):
    return 0


os._exit(0)
