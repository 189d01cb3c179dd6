"""Imports it under another name, through several assignments."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

from torch.nn.functional import relu as mine

other = mine


def relu(x):
    third = other
    return third(x)
