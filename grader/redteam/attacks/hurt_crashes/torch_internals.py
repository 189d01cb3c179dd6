"""Crashes inside torch: views of freed memory, strides beyond storage."""

# /// attack
# verdicts = { double = "FAILED|ERROR|TIMEOUT|MEMORY" }
# ///

import torch


def double(x):
    torch._C._crash_if_csrc_asan() if False else None
    storage = torch.zeros(1).untyped_storage()
    wild = torch.empty(0).set_(storage, 0, (1,), (1,))
    storage.resize_(0)
    return wild
