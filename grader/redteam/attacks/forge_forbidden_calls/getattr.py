"""Takes it by its name as a text."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import torch


def relu(x):
    return getattr(torch, "re" + "lu")(x)
