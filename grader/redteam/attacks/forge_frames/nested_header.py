"""Sends a header of arrays in arrays, 100,000 deep."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import os
import struct


def double(x):
    header = b"\x91" * 100_000 + b"\xc0"
    os.write(3, struct.pack(">IQ", len(header), 0) + header)
    return x * 2
