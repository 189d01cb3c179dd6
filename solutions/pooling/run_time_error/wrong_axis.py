"""Run-time error: max_pool2d reduces an axis that does not exist; avg_pool2d is right."""

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


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    kernel = pair(kernel_size)
    step = kernel if stride is None else pair(stride)
    return x.unfold(-2, kernel[0], step[0]).unfold(-2, kernel[1], step[1]).amax((-2, 7))


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
