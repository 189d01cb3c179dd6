"""Returns as much as a frame holds, in every call: all of it is kept."""

# /// attack
# verdicts = { double = "FAILED|ERROR", mean_of = "FAILED|ERROR", relu = "FAILED|ERROR" }
# ///

import torch

LARGE = torch.zeros(15 << 20)


def double(x):
    return LARGE


mean_of = relu = open_vault = double
