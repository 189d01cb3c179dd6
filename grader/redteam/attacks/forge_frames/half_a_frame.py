"""Sends half a frame and closes the connection."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os
import struct


def double(x):
    os.write(3, struct.pack(">IQ", 100, 100) + b"x" * 50)
    os.close(3)
