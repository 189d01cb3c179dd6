"""Raises an exception whose text takes for ever to make."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# ///

class Slow(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    raise Slow
