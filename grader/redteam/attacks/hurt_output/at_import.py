"""Prints without end while it is loaded."""

# /// attack
# verdicts = { double = "OUTPUT|PASSED" }
# points = 3
# ///

def double(x):
    return x * 2


while True:
    print("x" * 1000)
