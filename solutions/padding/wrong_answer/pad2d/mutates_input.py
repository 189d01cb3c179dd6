"""Your result matches the right image, but the input is changed on the way. Check for functions
whose name ends in an underscore.
"""

import torch


def pad_columns(x, before, after, mode):
    """The last axis of x with a border."""
    size = x.shape[-1]
    if before < 0 or after < 0:
        raise ValueError("negative width")
    if mode == "reflect" and max(before, after) >= size:
        raise ValueError("border too wide")
    if mode == "circular" and max(before, after) > size:
        raise ValueError("border too wide")
    places = torch.arange(-before, size + after)
    if mode == "zeros":
        inside = (places >= 0) & (places < size)
        return torch.where(inside, x[..., places.clamp(0, size - 1)], 0)
    if mode == "replicate":
        places = places.clamp(0, size - 1)
    elif mode == "reflect":
        places = size - 1 - (size - 1 - places.abs()).abs()
    else:
        places = places % size
    return x[..., places]


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    rows_last = x.transpose_(-2, -1)
    longer = pad_columns(rows_last, top, bottom, mode).transpose_(-2, -1)
    return pad_columns(longer, left, right, mode)
