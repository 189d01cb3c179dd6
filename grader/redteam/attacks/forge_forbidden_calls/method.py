"""Calls it as a method of the tensor."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

def relu(x):
    return x.clone().relu()
