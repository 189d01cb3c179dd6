"""Ends the process with 0 from the handler of an alarm."""

# /// attack
# verdicts = { double = "ERROR" }
# ///

import os
import signal
import time


def double(x):
    signal.signal(signal.SIGALRM, lambda number, frame: os._exit(0))
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    time.sleep(0.9)
