"""Prints from another thread while it answers rightly."""

# /// attack
# verdicts = { double = "OUTPUT|PASSED|ERROR" }
# points = 0
# ///

import os
import threading
import time


def flood():
    while True:
        os.write(1, b"z" * 65536)


def double(x, started=[]):
    if not started:
        started.append(threading.Thread(target=flood, daemon=True))
        started[0].start()
        time.sleep(0.2)
    return x * 2
