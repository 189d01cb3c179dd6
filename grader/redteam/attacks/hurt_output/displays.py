"""Displays values without end, and updates one of them without end."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

from IPython.display import clear_output, display

while True:
    display("x" * 100_000)

# %%
handle = display("", display_id=True)
while True:
    handle.update("y" * 100_000)

# %%
while True:
    clear_output(wait=True)
    print("z" * 100)

# %%
import os

while True:
    os.write(1, b"past what counts the cell's own output" * 1000)

# %%
def double(x):
    return x * 2
