"""Computes its name while it runs."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import torch


def relu(x):
    return getattr(torch, "".join(chr(c) for c in (114, 101, 108, 117)))(x)
