import torch

def pad2d(x, pad, mode="zeros"):
    l, r, t, b = (pad, pad, pad, pad) if isinstance(pad, int) else pad
    h, w = x.shape[-2], x.shape[-1]
    if min(l, r, t, b) < 0:
        raise ValueError
    if mode == "reflect" and (max(l, r) >= w or max(t, b) >= h):
        raise ValueError
    if mode == "circular" and (max(l, r) > w or max(t, b) > h):
        raise ValueError
    def at(i, n):
        if mode == "replicate":
            return min(max(i, 0), n - 1)
        if mode == "circular":
            return i % n
        if i < 0:
            return -i - 1
        return 2 * n - 1 - i if i >= n else i
    if mode == "zeros":
        out = x.new_zeros(*x.shape[:-2], h + t + b, w + l + r)
        out[..., t:t + h, l:l + w] = x
        return out
    rows = torch.tensor([at(i, h) for i in range(-t, h + b)])
    cols = torch.tensor([at(i, w) for i in range(-l, w + r)])
    return x.index_select(-2, rows).index_select(-1, cols)
