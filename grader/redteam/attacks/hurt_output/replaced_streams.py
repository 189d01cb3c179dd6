"""Replaces, closes and redirects the streams it prints to."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import sys


def double(x, closed=[]):
    if not closed:
        sys.stdout = sys.stderr = None
        for number in (0, 1, 2):
            os.close(number)
            closed.append(number)
    return x * 2
