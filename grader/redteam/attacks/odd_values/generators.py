"""Returns generators and iterators."""

# /// attack
# verdicts = { double = "FAILED", repeat = "FAILED" }
# ///

def double(x):
    yield x * 2


def repeat(text):
    return iter(text * 2)
