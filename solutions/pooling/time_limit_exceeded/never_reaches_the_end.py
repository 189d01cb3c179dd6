"""Time limit exceeded: max_pool2d does not move on in ceil mode; avg_pool2d is right."""

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def places(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2 or kernel > size + 2 * padding:
        raise ValueError("no window")
    steps = size + 2 * padding - kernel
    if not ceil_mode:
        return steps // stride + 1
    return min(-(-steps // stride) + 1, -(-(size + padding) // stride))


def starts(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2 or kernel > size + 2 * padding:
        raise ValueError("no window")
    start = -padding
    while start + kernel <= size + padding or (ceil_mode and start < size):
        yield start
        start += 0 if ceil_mode and start + kernel > size + padding else stride


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    (kh, kw), (ph, pw) = pair(kernel_size), pair(padding)
    sh, sw = (kh, kw) if stride is None else pair(stride)
    rows = []
    for top in starts(x.shape[-2], kh, sh, ph, ceil_mode):
        row = [
            x[..., max(top, 0) : top + kh, max(left, 0) : left + kw].amax((-2, -1))
            for left in starts(x.shape[-1], kw, sw, pw, ceil_mode)
        ]
        rows.append(torch.stack(row, -1))
    return torch.stack(rows, -2)


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    (kh, kw), (ph, pw) = pair(kernel_size), pair(padding)
    sh, sw = (kh, kw) if stride is None else pair(stride)
    height, width = x.shape[-2:]
    rows, columns = places(height, kh, sh, ph, ceil_mode), places(width, kw, sw, pw, ceil_mode)
    result = torch.zeros((*x.shape[:-2], rows, columns), dtype=x.dtype)
    for i in range(rows):
        top = i * sh - ph
        for j in range(columns):
            left = j * sw - pw
            window = x[..., max(top, 0) : top + kh, max(left, 0) : left + kw]
            divisor = window.shape[-2] * window.shape[-1]
            if count_include_pad:
                divisor = (min(top + kh, height + ph) - top) * (min(left + kw, width + pw) - left)
            result[..., i, j] = window.sum((-2, -1)) / divisor
    return result
