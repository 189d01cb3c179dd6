"""Your result matches the right numbers, but the input is changed too. Check that zeros are
written into a new tensor, not into x.
"""


def relu(x):
    x[x < 0] = 0
    return x
