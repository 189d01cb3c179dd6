"""Your result matches one number, the largest element or 0. Check the shape: each element is
treated on its own.
"""


def relu(x):
    return x.max().clamp(min=0)
