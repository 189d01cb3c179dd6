"""Fills memory while it is loaded."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x):
    return x * 2


KEPT = [bytearray(1 << 24) for _ in range(10_000)]
