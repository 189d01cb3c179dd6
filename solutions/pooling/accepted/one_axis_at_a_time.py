"""Accepted: pools along the rows first, then along the columns."""

import torch


def two(value):
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


def windows_along(x, kernel, stride, padding, ceil_mode, border, beyond):
    """Windows along the last axis, shape [..., windows, kernel]."""
    size = x.shape[-1]
    assert padding <= kernel // 2, "padding is at most half the window"
    assert kernel <= size + 2 * padding, "the window does not fit"
    sides = torch.full((*x.shape[:-1], padding), border, dtype=x.dtype)
    spare = torch.full((*x.shape[:-1], stride - 1), beyond, dtype=x.dtype)
    found = torch.cat([sides, x, sides, spare], -1).unfold(-1, kernel, stride)
    if ceil_mode:
        windows = -(-(size + padding) // stride)
    else:
        windows = (size + 2 * padding - kernel) // stride + 1
    return found[..., :windows, :]


def pool(x, kernel_size, stride, padding, ceil_mode, border, beyond, reduce):
    kernel, pads = two(kernel_size), two(padding)
    strides = kernel if stride is None else two(stride)
    for axis in (-1, -2):
        turned = x.transpose(-1, axis)
        every = windows_along(
            turned, kernel[axis], strides[axis], pads[axis], ceil_mode, border, beyond
        )
        x = reduce(every, -1).transpose(-1, axis)
    return x


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    lowest = float("-inf")
    return pool(x, kernel_size, stride, padding, ceil_mode, lowest, lowest, torch.amax)


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    total = pool(x, kernel_size, stride, padding, ceil_mode, 0.0, 0.0, torch.sum)
    border = 1.0 if count_include_pad else 0.0
    kernel, pads = two(kernel_size), two(padding)
    strides = kernel if stride is None else two(stride)
    rows, columns = (
        windows_along(
            torch.ones(x.shape[axis], dtype=x.dtype),
            kernel[axis],
            strides[axis],
            pads[axis],
            ceil_mode,
            border,
            0.0,
        ).sum(-1)
        for axis in (-2, -1)
    )
    return total / rows[:, None] / columns
