"""Forks twice, starts a session of its own and lives on."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import time


def double(x):
    try:
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                time.sleep(3600)
            os._exit(0)
    except OSError:
        pass
    return x * 2
