"""Says after the first case that it was the last."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    number, index, _, value = loot.answer_to_this(x * 2)
    loot.send([number, index, True, value])
    return x * 2
