"""Rewrites what the worker says it read, so that a forbidden call is not reported."""

# /// attack
# verdicts = { relu = "FORBIDDEN", double = "PASSED" }
# points = 3
# control = "a naive grader has no worker"
# [files]
# "gate.py" = """
# import torch
# def relu(x):
#     return torch.relu(x)
# """
# ///

import sys

for name, module in list(sys.modules.items()):
    if name.startswith("grader."):
        for part in ("check_sources", "check_function"):
            if hasattr(module, part):
                from types import SimpleNamespace

                setattr(module, part, lambda *a, **o: SimpleNamespace(findings=[], remarks=[], libraries={}))


def double(x):
    return x * 2
