"""Accepted: one pixel after the other into an empty image; other error classes."""

import torch


def source(place, size, mode):
    """The pixel that `place`, possibly outside of the image, takes; None for a zero."""
    if 0 <= place < size:
        return place
    if mode == "zeros":
        return None
    if mode == "replicate":
        return 0 if place < 0 else size - 1
    if mode == "reflect":
        mirrored = -place if place < 0 else 2 * (size - 1) - place
        if not 0 <= mirrored < size:
            raise IndexError("reflect reaches over the far border")
        return mirrored
    if not -size <= place < 2 * size:
        raise IndexError("circular reaches over the far border")
    return place % size


def pad2d(x, pad, mode="zeros"):
    left, right, top, bottom = [pad] * 4 if isinstance(pad, int) else pad
    assert min(left, right, top, bottom) >= 0
    height, width = x.shape[-2], x.shape[-1]
    rows = [source(i, height, mode) for i in range(-top, height + bottom)]
    columns = [source(j, width, mode) for j in range(-left, width + right)]
    padded = torch.zeros((*x.shape[:-2], len(rows), len(columns)), dtype=x.dtype)
    for i, row in enumerate(rows):
        for j, column in enumerate(columns):
            if row is not None and column is not None:
                padded[..., i, j] = x[..., row, column]
    return padded
