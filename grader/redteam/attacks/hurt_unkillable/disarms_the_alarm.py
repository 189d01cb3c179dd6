"""Switches off the timers and handlers that were set before it."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# ///

import signal

signal.setitimer = signal.alarm = lambda *arguments: None


def double(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass
