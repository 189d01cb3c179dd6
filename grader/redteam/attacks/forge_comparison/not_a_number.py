"""Returns NaN, which is never further away than a tolerance."""

# /// attack
# verdicts = { double = "FAILED", mean_of = "FAILED" }
# ///

def double(x):
    return x * float("nan")


def mean_of(x):
    return float("nan")
