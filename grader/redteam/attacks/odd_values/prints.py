"""Prints what it does, as one does while looking for a mistake."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x):
    print("double was called with", x, "of shape", x.shape)
    return x * 2
