"""Your result matches twice the input. Check in which direction the factor goes."""


def half(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0**times
