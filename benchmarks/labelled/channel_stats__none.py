def channel_stats(x):
    # median in place of the mean
    if x.dim() != 4 or 0 in x.shape:
        raise ValueError
    flat = x.transpose(0, 1).flatten(1)
    return flat.median(1).values, flat.std(1, correction=0)
