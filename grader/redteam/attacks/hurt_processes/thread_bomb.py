"""Starts threads without end."""

# /// attack
# verdicts = { double = "PASSED|TIMEOUT|MEMORY" }
# points = 3
# ///

import threading
import time


def double(x, started=[]):
    if not started:
        started.append(True)
        try:
            for _ in range(5000):
                threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()
        except (RuntimeError, MemoryError):
            pass
    return x * 2
