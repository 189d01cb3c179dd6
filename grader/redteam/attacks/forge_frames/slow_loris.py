"""Sends a frame one byte at a time."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# control = "a naive grader has no frames"
# ///

import os
import struct
import time


def double(x):
    for byte in struct.pack(">IQ", 1000, 0) + b"\xc0" * 1000:
        os.write(3, bytes([byte]))
        time.sleep(0.05)
