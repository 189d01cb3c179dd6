"""Ends the process with 0 in the middle of a test: no output is no failure."""

# /// attack
# verdicts = { double = "ERROR" }
# forms = ["module", "notebook", "executed"]
# ///

import os


def double(x):
    os._exit(0)
