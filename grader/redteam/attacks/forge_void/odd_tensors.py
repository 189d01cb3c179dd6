"""Returns tensors without data, of other layouts, and of other devices."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED", relu = "FAILED" }
# control = "a naive grader voids nothing"
# ///

import torch


def double(x):
    return torch.empty(x.shape, device="meta")


def mean_of(x):
    return torch.ones(2, 2).to_sparse()


def repeat(text):
    return torch.quantize_per_tensor(torch.ones(2), 0.1, 0, torch.quint8)


def relu(x):
    return torch.nested.nested_tensor([torch.ones(1), torch.ones(2)])
