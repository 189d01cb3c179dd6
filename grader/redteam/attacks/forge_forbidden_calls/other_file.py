"""Hides the call in another file of the submission."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# [files]
# "helper.py" = """
# import torch
# def work(x):
#     return torch.relu(x)
# """
# ///

from helper import work


def relu(x):
    return work(x)
