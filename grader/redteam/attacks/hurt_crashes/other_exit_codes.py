"""Ends with odd exit codes and signals."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR|TIMEOUT" }
# ///

import os
import signal


def double(x):
    os._exit(98)


def mean_of(x):
    os._exit(255)


def repeat(text):
    signal.raise_signal(signal.SIGUSR1)
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)
    os._exit(137)
