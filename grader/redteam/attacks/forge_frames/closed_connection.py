"""Closes the connection and stays."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os
import time


def double(x):
    os.close(3)
    time.sleep(60)
