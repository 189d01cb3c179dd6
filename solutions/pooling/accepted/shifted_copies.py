"""Accepted: one strided copy of the padded image for each place of the window, then combined."""

import torch
import torch.nn.functional as F


def as_pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def count(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2 or size + 2 * padding < kernel:
        raise ValueError(f"window {kernel}, padding {padding}, size {size}")
    steps = size + 2 * padding - kernel + (stride - 1 if ceil_mode else 0)
    windows = steps // stride + 1
    if ceil_mode and (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows


def copies(x, kernel_size, stride, padding, ceil_mode, fill):
    kernel, pads = as_pair(kernel_size), as_pair(padding)
    strides = kernel if stride is None else as_pair(stride)
    counts = [
        count(x.shape[axis - 2], kernel[axis], strides[axis], pads[axis], ceil_mode)
        for axis in (0, 1)
    ]
    spare = (pads[1], pads[1] + kernel[1], pads[0], pads[0] + kernel[0])
    padded = F.pad(x, spare, value=fill)
    spans = [(counts[axis] - 1) * strides[axis] + 1 for axis in (0, 1)]
    return [
        padded[..., i : i + spans[0] : strides[0], j : j + spans[1] : strides[1]]
        for i in range(kernel[0])
        for j in range(kernel[1])
    ]


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    best, *others = copies(x, kernel_size, stride, padding, ceil_mode, float("-inf"))
    for other in others:
        best = torch.maximum(best, other)
    return best


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    total = sum(copies(x, kernel_size, stride, padding, ceil_mode, 0.0))
    counted = torch.ones_like(x)
    if count_include_pad:
        rows, columns = as_pair(padding)
        counted = F.pad(counted, (columns, columns, rows, rows), value=1.0)
        kernel = as_pair(kernel_size)
        strides = kernel if stride is None else as_pair(stride)
        spare = F.pad(counted, (0, kernel[1], 0, kernel[0]))
        spans = [(total.shape[axis - 2] - 1) * strides[axis] + 1 for axis in (0, 1)]
        divisor = sum(
            spare[..., i : i + spans[0] : strides[0], j : j + spans[1] : strides[1]]
            for i in range(kernel[0])
            for j in range(kernel[1])
        )
    else:
        divisor = sum(copies(counted, kernel_size, stride, padding, ceil_mode, 0.0))
    return total / divisor
