"""Your result matches the list of positive elements alone. Check the shape: each element keeps
its place.
"""


def relu(x):
    return x[~(x < 0)]
