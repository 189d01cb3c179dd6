"""Fills memory, swallows the error and goes on with what is left."""

# /// attack
# verdicts = { double = "PASSED|MEMORY|TIMEOUT|ERROR" }
# points = 3
# ///

def double(x, kept=[]):
    try:
        while True:
            kept.append(bytearray(1 << 20))
    except MemoryError:
        kept.clear()
    return x * 2
