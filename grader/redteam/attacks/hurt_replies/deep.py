"""Returns lists nested deeper than anybody can follow."""

# /// attack
# verdicts = { double = "FAILED" }
# ///

def double(x):
    one = []
    for _ in range(100_000):
        one = [one]
    return one
