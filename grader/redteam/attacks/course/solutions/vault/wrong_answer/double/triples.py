"""Your result matches three times the input. Check the factor."""


def double(x):
    return 3 * x
