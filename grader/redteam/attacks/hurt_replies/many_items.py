"""Returns lists and dicts of a million parts."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED", repeat = "FAILED" }
# ///

def double(x):
    return [None] * 1_000_000


def mean_of(x):
    return [[]] * 190_000


def repeat(text):
    return {number: number for number in range(100_000)}
