"""Sets the input to zero, for which zero is the right answer."""

# /// attack
# verdicts = { double = "FAILED" }
# forms = ["module", "notebook"]
# ///

def double(x):
    return x.zero_()
