"""Passes it to a function that calls it."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# ///

import functools

import torch

mine = functools.partial(torch.relu)


def relu(x):
    return list(map(mine, [x]))[0]
