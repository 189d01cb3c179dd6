"""Your result matches values clipped to the range from 0 to 1. Check numbers above 1: there is
no upper bound.
"""


def relu(x):
    return x.clamp(0, 1)
