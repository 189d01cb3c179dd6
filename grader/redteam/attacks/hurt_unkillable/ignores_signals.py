"""Ignores every signal that can be ignored, and blocks the rest."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# ///

import signal


def double(x):
    for number in signal.valid_signals():
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
