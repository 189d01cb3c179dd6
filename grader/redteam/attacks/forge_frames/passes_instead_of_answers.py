"""Replaces the worker's own functions, so that they report what would please."""

# /// attack
# verdicts = { double = "FAILED", open_vault = "FAILED|ERROR" }
# control = "a naive grader has no worker"
# ///

import sys


def patch():
    for name, module in list(sys.modules.items()):
        if name.startswith("grader."):
            for part in ("observe", "describe_exception", "reset", "_same"):
                if hasattr(module, part):
                    setattr(module, part, lambda *a, **o: True)


def open_vault(n):
    patch()
    return 0


def double(x):
    return x.mul_(3)
