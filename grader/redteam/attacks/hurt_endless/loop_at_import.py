"""Loops for ever while the module is loaded; its functions are right."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

def double(x):
    return x * 2


while True:
    pass
