def pad2d(x, pad, mode="zeros"):
    # ones around the image in every mode
    l, r, t, b = (pad, pad, pad, pad) if isinstance(pad, int) else pad
    h, w = x.shape[-2], x.shape[-1]
    if min(l, r, t, b) < 0:
        raise ValueError
    if mode == "reflect" and (max(l, r) >= w or max(t, b) >= h):
        raise ValueError
    if mode == "circular" and (max(l, r) > w or max(t, b) > h):
        raise ValueError
    out = x.new_ones(*x.shape[:-2], h + t + b, w + l + r)
    out[..., t:t + h, l:l + w] = x
    return out
