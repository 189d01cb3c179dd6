"""Signals every process and every number up to a thousand."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import signal


def double(x):
    reached = []
    for pid in (-1, *range(2, 1000)):
        try:
            os.kill(pid, signal.SIGKILL)
            reached.append(pid)
        except OSError:
            pass
    assert not reached, reached
    return x * 2
