"""Your result matches min(x, 0), the negative part of x. Check which side is kept."""


def relu(x):
    return x.clamp(max=0)
