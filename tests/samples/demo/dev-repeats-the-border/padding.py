import torch


def pad2d(x, pad, mode="zeros"):
    """Pad the last two axes of x."""
    if isinstance(pad, int):
        pad = (pad,) * 4
    l, r, t, b = pad
    assert l >= 0 and r >= 0 and t >= 0 and b >= 0, "pad must not be negative"
    h, w = x.shape[-2:]

    if mode == "zeros":
        out = torch.zeros(x.shape[:-2] + (h + t + b, w + l + r), dtype=x.dtype)
        out[..., t : t + h, l : l + w] = x
        return out

    if mode == "replicate":
        rows = [min(max(i, 0), h - 1) for i in range(-t, h + b)]
        cols = [min(max(j, 0), w - 1) for j in range(-l, w + r)]
    elif mode == "reflect":
        assert l < w and r < w and t < h and b < h, "reflect needs pad < size"
        # mirror at the edge: ... 1 0 | 0 1 2 | 2 1 ...
        rows = [-i - 1 if i < 0 else 2 * h - 1 - i if i >= h else i for i in range(-t, h + b)]
        cols = [-j - 1 if j < 0 else 2 * w - 1 - j if j >= w else j for j in range(-l, w + r)]
    elif mode == "circular":
        assert l <= w and r <= w and t <= h and b <= h, "circular needs pad <= size"
        rows = [i % h for i in range(-t, h + b)]
        cols = [j % w for j in range(-l, w + r)]
    else:
        raise ValueError(mode)
    return x[..., rows, :][..., :, cols]
