"""Keeps memory of a GPU and a CUDA context."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# needs = "gpu"
# ///

import torch

KEPT = []


def double(x):
    if torch.cuda.is_available():
        KEPT.append(torch.zeros(1 << 28, device="cuda"))
    return x * 2
