"""Your result matches sizes that are always rounded down. Check what ceil_mode=True changes: a
window that hangs over counts.
"""

import math


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def places(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2:
        raise ValueError(f"padding {padding} is more than half of {kernel}")
    if kernel > size + 2 * padding:
        raise ValueError(f"a window of {kernel} does not fit")
    steps = size + 2 * padding - kernel
    return steps // stride + 1


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    kernel, pad = pair(kernel_size), pair(padding)
    step = kernel if stride is None else pair(stride)
    height, width = x.shape[-2:]
    rows = places(height, kernel[0], step[0], pad[0], ceil_mode)
    columns = places(width, kernel[1], step[1], pad[1], ceil_mode)
    padded = x.new_full((*x.shape[:-2], height + 2 * pad[0], width + 2 * pad[1]), -math.inf)
    padded[..., pad[0] : pad[0] + height, pad[1] : pad[1] + width] = x
    result = x.new_zeros(*x.shape[:-2], rows, columns)
    for i in range(rows):
        for j in range(columns):
            top, left = i * step[0], j * step[1]
            window = padded[..., top : top + kernel[0], left : left + kernel[1]]
            result[..., i, j] = window.amax((-2, -1))
    return result
