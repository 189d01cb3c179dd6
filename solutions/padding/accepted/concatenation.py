"""Accepted: glues strips to the image, first columns, then rows; one helper for both axes."""

import torch


def strips(x, dim, before, after, mode):
    size = x.shape[dim]
    if before < 0 or after < 0:
        raise ValueError("negative width")
    if mode == "zeros":
        shape = list(x.shape)
        shape[dim] = before
        first = torch.zeros(shape, dtype=x.dtype)
        shape[dim] = after
        return first, torch.zeros(shape, dtype=x.dtype)
    if mode == "replicate":
        return (
            torch.cat([x.narrow(dim, 0, 1)] * before, dim) if before else x.narrow(dim, 0, 0),
            torch.cat([x.narrow(dim, size - 1, 1)] * after, dim) if after else x.narrow(dim, 0, 0),
        )
    if mode == "reflect":
        if before >= size or after >= size:
            raise ValueError("reflect: border too wide")
        return (
            x.narrow(dim, 1, before).flip(dim),
            x.narrow(dim, size - 1 - after, after).flip(dim),
        )
    if before > size or after > size:
        raise ValueError("circular: border too wide")
    return x.narrow(dim, size - before, before), x.narrow(dim, 0, after)


def pad2d(x, pad, mode="zeros"):
    if isinstance(pad, int):
        pad = (pad, pad, pad, pad)
    left, right, top, bottom = pad
    for dim, before, after in ((-1, left, right), (-2, top, bottom)):
        first, last = strips(x, dim, before, after, mode)
        x = torch.cat([first, x, last], dim)
    return x
