def channel_stats(x):
    if x.dim() != 4 or 0 in x.shape:
        raise ValueError
    m = x.sum((0, 2, 3)) / (x.numel() / x.shape[1])
    v = ((x - m.view(1, -1, 1, 1)) ** 2).mean((0, 2, 3))
    return m, v
