"""Your result matches the absolute value of x. Check what negative numbers become: 0, not their
positive twin.
"""


def relu(x):
    return x.abs()
