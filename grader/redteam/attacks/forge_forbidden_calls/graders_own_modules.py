"""Calls right versions that the grader's own modules hold for other purposes."""

# /// attack
# verdicts = { relu = "FORBIDDEN" }
# control = "a naive grader has no such modules"
# ///

from grader.observe.builders import TORCH_FUNCTIONS


def relu(x):
    return TORCH_FUNCTIONS["relu"](x)
