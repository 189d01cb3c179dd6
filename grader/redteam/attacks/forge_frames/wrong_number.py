"""Answers a request that was never made."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    number, index, last, value = loot.answer_to_this(x * 2)
    loot.send([number + 1000, index, last, value])
    return x * 2
