"""Ends the process with 0 from another thread."""

# /// attack
# verdicts = { double = "ERROR" }
# ///

import os
import threading
import time


def double(x):
    threading.Timer(0.05, lambda: os._exit(0)).start()
    time.sleep(0.9)
