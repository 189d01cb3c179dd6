"""Waits for a lock, a pipe and a signal that never come."""

# /// attack
# verdicts = { double = "TIMEOUT", mean_of = "TIMEOUT" }
# ///

import os
import signal
import threading


def double(x):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def mean_of(x):
    reader, writer = os.pipe()
    os.read(reader, 1)
    signal.pause()
