"""Your result matches a formula applied to counts below zero. Check the stated error."""


def half(x, times=1):
    return x * 0.5**times
