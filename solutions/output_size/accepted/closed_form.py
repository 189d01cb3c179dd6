"""Accepted: closed formulas with math.floor, math.ceil and divmod; other error classes."""

import math


def effective(kernel_size: int, dilation: int) -> int:
    return kernel_size + (kernel_size - 1) * (dilation - 1)


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    steps = size + 2 * padding - effective(kernel_size, dilation)
    if steps < 0 or stride <= 0:
        raise RuntimeError("no window")
    return math.floor(steps / stride + 1)


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    stride = stride or kernel_size
    if padding > kernel_size / 2:
        raise ValueError("pad should be at most half of the window")
    steps = (size + 2 * padding - effective(kernel_size, dilation)) / stride
    if not ceil_mode:
        return int(steps) + 1
    # A window starts at -padding + i * stride; it counts while it starts before the last pixel.
    starts_inside = math.ceil((size + padding) / stride)
    return min(math.ceil(steps) + 1, starts_inside)


def same_padding(kernel_size, dilation=1):
    half, odd = divmod(effective(kernel_size, dilation) - 1, 2)
    return half, half + odd
