"""Your result matches max(x, 0.000001). Check the lower bound: it is exactly 0."""


def relu(x):
    return x.clamp(min=1e-6)
