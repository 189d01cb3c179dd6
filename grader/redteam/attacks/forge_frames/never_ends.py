"""Goes on answering after the last case."""

# /// attack
# verdicts = { double = "FAILED|ERROR" }
# control = "a naive grader has no frames"
# ///

import loot


def double(x):
    number, index, _, value = loot.answer_to_this(x * 2)
    loot.send([number, index, False, value])
    loot.send([number, index + 1, False, value])
    return x * 2
