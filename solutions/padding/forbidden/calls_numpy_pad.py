"""Forbidden: hands the work to numpy, in a helper and under another name."""

import torch
from numpy import pad as border

NUMPY_MODES = {"zeros": "constant", "replicate": "edge", "reflect": "reflect", "circular": "wrap"}


def with_border(x, left, right, top, bottom, mode):
    widths = [(0, 0)] * (x.dim() - 2) + [(top, bottom), (left, right)]
    return torch.from_numpy(border(x.numpy(), widths, mode=NUMPY_MODES[mode]))


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    return with_border(x, left, right, top, bottom, mode)
