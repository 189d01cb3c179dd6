"""Sends one number that a stride of 0 makes into 2^47."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    return loot.answer_array("tensor", "float32", [1 << 47], [0], b"\0\0\0\0")
