"""Your result matches the right number of windows, each only one pixel after the last. Check
where window i starts: at i times the stride.
"""

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def places(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2:
        raise ValueError(f"padding {padding} is more than half of {kernel}")
    if kernel > size + 2 * padding:
        raise ValueError(f"a window of {kernel} does not fit")
    steps = size + 2 * padding - kernel
    if not ceil_mode:
        return steps // stride + 1
    count = -(-steps // stride) + 1
    return count - 1 if (count - 1) * stride >= size + padding else count


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    kernel, pad = pair(kernel_size), pair(padding)
    step = kernel if stride is None else pair(stride)
    height, width = x.shape[-2:]
    rows = places(height, kernel[0], step[0], pad[0], ceil_mode)
    columns = places(width, kernel[1], step[1], pad[1], ceil_mode)
    padded = x.new_full((*x.shape[:-2], height + 2 * pad[0], width + 2 * pad[1]), 0.0)
    padded[..., pad[0] : pad[0] + height, pad[1] : pad[1] + width] = x
    real = torch.zeros(height + 2 * pad[0], width + 2 * pad[1])
    real[pad[0] : pad[0] + height, pad[1] : pad[1] + width] = 1
    result = x.new_zeros(*x.shape[:-2], rows, columns)
    for i in range(rows):
        for j in range(columns):
            top, left = i, j
            window = padded[..., top : top + kernel[0], left : left + kernel[1]]
            divisor = window.shape[-2] * window.shape[-1]
            if not count_include_pad:
                divisor = real[top : top + kernel[0], left : left + kernel[1]].sum().item()
            result[..., i, j] = window.sum((-2, -1)) / divisor
    return result
