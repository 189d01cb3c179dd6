"""Your result matches one halving whatever the count is. Check where the parameter is used."""


def half(x, times=1):
    if times < 0:
        raise ValueError
    return x / 2
