"""Announces a body of 100 GB, and one of 2^63 bytes."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os
import struct


def double(x):
    os.write(3, struct.pack(">IQ", 10, 100 << 30))
    return x * 2


def mean_of(x):
    os.write(3, struct.pack(">IQ", 10, 1 << 63))
    return 0.0
