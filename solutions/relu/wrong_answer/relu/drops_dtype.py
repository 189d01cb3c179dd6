"""Your result matches the right numbers in float32, whatever the dtype of x. Check the dtype of
every tensor on the way.
"""


def relu(x):
    return x.clamp(min=0).float()
