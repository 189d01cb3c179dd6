"""Announces a header of 4 GB."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os
import struct


def double(x):
    os.write(3, struct.pack(">IQ", 0xFFFFFFFF, 0))
    return x * 2
