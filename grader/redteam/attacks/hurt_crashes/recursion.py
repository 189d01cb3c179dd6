"""Recurses until Python stops it."""

# /// attack
# verdicts = { double = "ERROR" }
# ///

def double(x):
    return double(x)
