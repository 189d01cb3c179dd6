"""Your result matches a border filled with one pixel of the image in mode replicate. Check that
every border pixel has its own nearest neighbour.
"""

import torch


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = (pad,) * 4 if isinstance(pad, int) else pad
    if min(left, right, top, bottom) < 0:
        raise ValueError(f"negative width in {pad}")
    height, width = x.shape[-2:]
    if mode == "reflect" and (max(left, right) >= width or max(top, bottom) >= height):
        raise ValueError(f"border {pad} is too wide for {mode}")
    if mode == "circular" and (max(left, right) > width or max(top, bottom) > height):
        raise ValueError(f"border {pad} is too wide for {mode}")
    if mode == "zeros":
        padded = x.new_zeros(*x.shape[:-2], top + height + bottom, left + width + right)
        padded[..., top : top + height, left : left + width] = x
        return padded
    rows, columns = torch.arange(-top, height + bottom), torch.arange(-left, width + right)
    if mode == "replicate":
        padded = x[..., :1, :1].repeat(*[1] * (x.dim() - 2), len(rows), len(columns))
        padded[..., top : top + height, left : left + width] = x
        return padded
    if mode == "reflect":
        rows = height - 1 - (height - 1 - rows.abs()).abs()
        columns = width - 1 - (width - 1 - columns.abs()).abs()
    else:
        rows, columns = rows % height, columns % width
    return x[..., rows[:, None], columns]
