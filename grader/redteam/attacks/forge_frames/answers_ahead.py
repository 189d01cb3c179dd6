"""Sends answers to requests that have not been made."""

# /// attack
# verdicts = { double = "ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    number, index, _, value = loot.answer_to_this(x * 2)
    for later in range(1, 40):
        loot.send([number + later, 0, True, value])
    return x * 2
