"""Accepted: slices clipped at the border, one output pixel after the other."""

import torch


def pair(value):
    if isinstance(value, (tuple, list)):
        return value[0], value[1]
    return value, value


def starts(size, kernel, stride, padding, ceil_mode):
    """Where the windows start, counted from the first real pixel."""
    if padding * 2 > kernel:
        raise ValueError("padding larger than half the window")
    if kernel > size + 2 * padding:
        raise RuntimeError("window too large")
    found = []
    start = -padding
    while start + kernel <= size + padding:
        found.append(start)
        start += stride
    # One more if pixels are left over, but not if the window would start behind the image.
    if ceil_mode and found[-1] + kernel < size + padding and start < size:
        found.append(start)
    return found


def window_starts(x, kernel_size, stride, padding, ceil_mode):
    (kh, kw), (ph, pw) = pair(kernel_size), pair(padding)
    sh, sw = pair(kernel_size if stride is None else stride)
    height, width = x.shape[-2:]
    return starts(height, kh, sh, ph, ceil_mode), starts(width, kw, sw, pw, ceil_mode)


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    rows, columns = window_starts(x, kernel_size, stride, padding, ceil_mode)
    kh, kw = pair(kernel_size)
    result = torch.zeros((*x.shape[:-2], len(rows), len(columns)), dtype=x.dtype)
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            window = x[..., max(top, 0) : top + kh, max(left, 0) : left + kw]
            result[..., i, j] = window.flatten(-2).max(-1).values
    return result


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    rows, columns = window_starts(x, kernel_size, stride, padding, ceil_mode)
    (kh, kw), (ph, pw) = pair(kernel_size), pair(padding)
    height, width = x.shape[-2:]
    result = torch.zeros((*x.shape[:-2], len(rows), len(columns)), dtype=x.dtype)
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            window = x[..., max(top, 0) : top + kh, max(left, 0) : left + kw]
            if count_include_pad:
                divisor = (min(top + kh, height + ph) - top) * (min(left + kw, width + pw) - left)
            else:
                divisor = window.shape[-2] * window.shape[-1]
            result[..., i, j] = window.sum(dim=(-2, -1)) / divisor
    return result
