"""Accepted: padding is linear, so a 0-1 matrix on each side of the image does it."""

import torch


def selection(before, size, after, mode, dtype):
    """One row for each pixel of the padded axis, with a 1 where it takes its value from."""
    limit = {"reflect": size - 1, "circular": size}.get(mode)
    for border in (before, after):
        if border < 0 or (limit is not None and border > limit):
            raise ValueError(f"border {border} is not possible in mode {mode}")
    matrix = torch.zeros(before + size + after, size, dtype=dtype)
    for row in range(before + size + after):
        place = row - before
        if mode == "replicate":
            place = min(max(place, 0), size - 1)
        elif mode == "reflect":
            place = abs(place)
            place = min(place, 2 * (size - 1) - place)
        elif mode == "circular":
            place %= size
        if 0 <= place < size:
            matrix[row, place] = 1
    return matrix


def pad2d(x, pad, mode="zeros"):
    if type(pad) is int:
        pad = (pad,) * 4
    rows = selection(pad[2], x.shape[-2], pad[3], mode, x.dtype)
    columns = selection(pad[0], x.shape[-1], pad[1], mode, x.dtype)
    return rows @ x @ columns.T
