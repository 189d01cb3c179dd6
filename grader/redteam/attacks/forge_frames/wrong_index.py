"""Answers the cases of a batch in another order."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    number, index, last, value = loot.answer_to_this(x * 2)
    loot.send([number, index + 1, last, value])
    return x * 2
