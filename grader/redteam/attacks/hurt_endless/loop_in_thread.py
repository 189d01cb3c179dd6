"""Answers rightly and goes on computing in threads that hold the interpreter."""

# /// attack
# verdicts = { double = "PASSED|TIMEOUT" }
# points = 3
# ///

import threading


def forever():
    while True:
        pass


def double(x, started=[]):
    if not started:
        started.append(threading.Thread(target=forever, daemon=True))
        started[0].start()
    return x * 2
