"""Loops for ever in destructors and when the interpreter ends."""

# /// attack
# verdicts = { double = "TIMEOUT|PASSED" }
# points = 3
# ///

import atexit


def forever(*arguments):
    while True:
        pass


atexit.register(forever)
KEPT = [type("Trap", (), {"__del__": forever})()]


def double(x):
    return x * 2
