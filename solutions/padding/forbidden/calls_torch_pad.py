"""Forbidden: hands the work to torch's own padding function."""

import torch.nn.functional as F


def pad2d(x, pad, mode="zeros"):
    widths = (pad,) * 4 if isinstance(pad, int) else tuple(pad)
    if min(widths) < 0:
        raise ValueError("negative width")
    stack = x.reshape(1, -1, *x.shape[-2:])
    padded = F.pad(stack, widths, mode="constant" if mode == "zeros" else mode)
    return padded.reshape(*x.shape[:-2], *padded.shape[-2:])
