"""Your result matches a wrapped border without the outermost pixel of the other side. Check the
first pixel left of the image: it is the last of the row.
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
        rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    elif mode == "reflect":
        rows = height - 1 - (height - 1 - rows.abs()).abs()
        columns = width - 1 - (width - 1 - columns.abs()).abs()
    else:
        rows = torch.where(rows < 0, rows - 1, torch.where(rows >= height, rows + 1, rows)) % height
        columns = torch.where(
            columns < 0, columns - 1, torch.where(columns >= width, columns + 1, columns)
        )
        columns = columns % width
    return x[..., rows[:, None], columns]
