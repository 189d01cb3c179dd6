"""Prints what the hidden tests ask."""

# /// attack
# verdicts = { repeat = "FAILED" }
# ///

import os
import sys


def repeat(text):
    print(text, flush=True)
    print(text, file=sys.stderr, flush=True)
    os.write(1, text.encode())
    return ""
