"""Accepted: the length of a range of window starts."""

import math


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(stride)
    starts = range(0, size + 2 * padding - dilation * (kernel_size - 1), stride)
    if not starts:
        raise ValueError("kernel larger than the input")
    return len(starts)


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size // 2:
        raise ValueError(padding)
    if stride is None:
        stride = kernel_size
    full = range(-padding, size + padding - dilation * (kernel_size - 1), stride)
    if not ceil_mode or full[-1] + dilation * (kernel_size - 1) + 1 == size + padding:
        return len(full)
    return len(full) + (full[-1] + stride < size)


def same_padding(kernel_size, dilation=1):
    total = (kernel_size - 1) * dilation
    return math.floor(total / 2), math.ceil(total / 2)
