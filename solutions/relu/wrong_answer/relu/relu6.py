"""Your result matches values clipped to the range from 0 to 6. Check numbers above 6: there is
no upper bound.
"""


def relu(x):
    return x.clamp(0, 6)
