"""Loops for ever in a cell that comes before the functions."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["notebook", "executed"]
# ///

while True:
    pass

# %%
def double(x):
    return x * 2
