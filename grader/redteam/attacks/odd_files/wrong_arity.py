"""Takes too few, too many and keyword-only arguments."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR" }
# ///

def double():
    return 0


def mean_of(x, axis):
    return x.mean()


def repeat(*, text):
    return text * 2
