"""Makes tensors of more elements than there is memory."""

# /// attack
# verdicts = { double = "MEMORY", mean_of = "MEMORY" }
# ///

import torch


def double(x):
    return torch.empty(1 << 40)


def mean_of(x):
    kept = torch.ones(1 << 20)
    while True:
        kept = torch.cat([kept, kept])
