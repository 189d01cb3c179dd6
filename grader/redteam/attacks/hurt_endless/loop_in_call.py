"""Loops for ever in a call."""

# /// attack
# verdicts = { double = "TIMEOUT" }
# forms = ["module", "notebook"]
# ///

def double(x):
    while True:
        pass
