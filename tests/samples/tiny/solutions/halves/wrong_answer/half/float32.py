"""Your result matches the right values as float32. Check which dtype comes out for float64."""


def half(x, times=1):
    if times < 0:
        raise ValueError
    return (x * 0.5**times).float()
