"""Fills its memory in a cell, at once and bit by bit."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

kept = bytearray(1 << 40)

# %%
kept = []
while True:
    kept.append(bytearray(1 << 20))

# %%
del kept

# %%
def double(x):
    return x * 2
