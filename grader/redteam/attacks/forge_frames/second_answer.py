"""Answers one call twice, the second time for the next call."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    loot.send(loot.answer_to_this(x * 2))
    return x * 2
