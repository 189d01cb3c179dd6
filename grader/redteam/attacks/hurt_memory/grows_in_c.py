"""Grows lists, texts and numbers inside C functions."""

# /// attack
# verdicts = { double = "MEMORY|TIMEOUT", mean_of = "MEMORY|TIMEOUT", repeat = "MEMORY|TIMEOUT" }
# ///

def double(x):
    return list(range(10**12))


def mean_of(x):
    return 1 << (1 << 40)


def repeat(text):
    return text * (1 << 40)
