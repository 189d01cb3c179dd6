"""Your result matches the right values, written into the input. Check what the caller's tensor holds afterwards."""


def half(x, times=1):
    if times < 0:
        raise ValueError
    x.mul_(0.5**times)
    return x
