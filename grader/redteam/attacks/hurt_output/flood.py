"""Prints without end."""

# /// attack
# verdicts = { double = "OUTPUT", mean_of = "OUTPUT" }
# forms = ["module", "notebook"]
# ///

import os
import sys


def double(x):
    while True:
        print("x" * 100)


def mean_of(x):
    while True:
        os.write(2, b"y" * 65536)
