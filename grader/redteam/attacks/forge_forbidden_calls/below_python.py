"""Calls torch's own bindings below the functions that have names."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import torch


def relu(x):
    return torch.ops.aten.relu.default(x)
