"""Calls the function that is to be written."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# forms = ["module", "notebook"]
# ///

import torch


def relu(x):
    return torch.relu(x)
