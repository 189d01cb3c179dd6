"""Sleeps, so that no CPU limit is met."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# ///

import time


def double(x):
    time.sleep(3600)
