"""Your result matches a border on all axes. Check that batch and channel axes keep their size."""

import torch


def around_all(x, width):
    """Zeros before and behind every leading axis."""
    for dim in range(x.dim() - 2):
        shape = list(x.shape)
        shape[dim] = width
        strip = torch.zeros(shape, dtype=x.dtype)
        x = torch.cat([strip, x, strip], dim)
    return x


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
        return around_all(padded, left)
    rows, columns = torch.arange(-top, height + bottom), torch.arange(-left, width + right)
    if mode == "replicate":
        rows, columns = rows.clamp(0, height - 1), columns.clamp(0, width - 1)
    elif mode == "reflect":
        rows = height - 1 - (height - 1 - rows.abs()).abs()
        columns = width - 1 - (width - 1 - columns.abs()).abs()
    else:
        rows, columns = rows % height, columns % width
    return around_all(x[..., rows[:, None], columns], left)
