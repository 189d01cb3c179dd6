"""Changes torch's defaults for whatever runs after it."""

# /// attack
# verdicts = { double = "PASSED", mean_of = "PASSED" }
# points = 5
# ///

import torch

torch.set_grad_enabled(False)
torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=1)


def double(x):
    torch.set_num_threads(8)
    return x * 2


def mean_of(x):
    return x.mean().item()
