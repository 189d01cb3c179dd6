"""Imports its module by name."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import importlib


def relu(x):
    return importlib.import_module("torch.nn.functional").relu(x)
