"""Your result matches the sum. Check what it is divided by."""


def mean_of(x):
    return float(x.sum())
