"""Ends the process with 0 while it is loaded."""

# /// attack
# verdicts = { double = "ERROR|FAILED" }
# ///

import os


def double(x):
    return None


os._exit(0)
