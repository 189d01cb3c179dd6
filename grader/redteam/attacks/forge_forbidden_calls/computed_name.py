"""Computes its name while it runs."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# needs = "a trace of calls at run time"
# ///

import torch


def relu(x):
    return getattr(torch, "".join(chr(c) for c in (114, 101, 108, 117)))(x)
