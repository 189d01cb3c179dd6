"""Run-time error: mode 'circular' reads behind the last column; the other modes are right."""

import torch


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    height, width = x.shape[-2:]
    if min(left, right, top, bottom) < 0:
        raise ValueError("negative width")
    if mode == "reflect" and (max(left, right) >= width or max(top, bottom) >= height):
        raise ValueError("border too wide")
    if mode == "circular" and (max(left, right) > width or max(top, bottom) > height):
        raise ValueError("border too wide")
    if mode == "zeros":
        padded = x.new_zeros(*x.shape[:-2], top + height + bottom, left + width + right)
        padded[..., top : top + height, left : left + width] = x
        return padded
    rows, columns = torch.arange(-top, height + bottom), torch.arange(-left, width + right)
    if mode == "replicate":
        rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    elif mode == "reflect":
        rows = height - 1 - (height - 1 - rows.abs()).abs()
        columns = width - 1 - (width - 1 - columns.abs()).abs()
    return x[..., rows[:, None], columns]
