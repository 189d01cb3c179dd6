"""Your result matches the right values without a gradient. Check where the result is cut off from the input."""


def half(x, times=1):
    if times < 0:
        raise ValueError
    return x.detach() * 0.5**times
