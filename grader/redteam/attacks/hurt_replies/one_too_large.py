"""Returns a tensor, a text and bytes that are larger than a frame."""

# /// attack
# verdicts = { double = "FAILED|MEMORY|ERROR", repeat = "FAILED|ERROR", mean_of = "FAILED|ERROR" }
# ///

import torch


def double(x):
    return torch.zeros(20 << 20)


def repeat(text):
    return "x" * (70 << 20)


def mean_of(x):
    return bytes(70 << 20)
