"""Changes Python's library and torch, for all who come after it."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import os
import site
import sys

import torch

import targets


def double(x):
    for path in (torch.__file__, os.__file__, sys.executable, "/worker/grader/errors.py"):
        try:
            with open(path, "a"):
                raise RuntimeError(f"{path} can be written")
        except OSError:
            pass
    for folder in site.getsitepackages():
        try:
            with open(f"{folder}/{targets.MARK}.pth", "w"):
                raise RuntimeError(f"{folder} can be written")
        except OSError:
            pass
    return x * 2
