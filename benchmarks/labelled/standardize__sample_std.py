def standardize(x):
    n = x.numel()
    if n == 0:
        raise ValueError
    d = x - x.sum() / n
    s = ((d * d).sum() / max(n - 1, 1)) ** 0.5
    if s == 0:
        return d * 0
    return d / s
