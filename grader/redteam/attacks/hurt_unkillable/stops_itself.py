"""Stops itself with SIGSTOP and SIGTSTP, then waits."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# ///

import os
import signal
import time


def double(x):
    os.kill(os.getpid(), signal.SIGSTOP)
    os.kill(os.getpid(), signal.SIGTSTP)
    time.sleep(3600)
