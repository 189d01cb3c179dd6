"""Slices with .mean() and .amax(), errors of the wrong class."""
import torch


def both(value):
    return (value, value) if isinstance(value, int) else value


def starts(size, kernel, stride, padding, ceil_mode):
    if padding > kernel // 2:
        raise RuntimeError("padding")
    if kernel > size + 2 * padding:
        raise RuntimeError("kernel")
    found = []
    at = -padding
    while at + kernel <= size + padding or (ceil_mode and at < size):
        found.append(at)
        if at + kernel >= size + padding:
            break
        at += stride
    return found


def pooled(x, kernel_size, stride, padding, ceil_mode, window):
    k, p = both(kernel_size), both(padding)
    s = k if stride is None else both(stride)
    tops = starts(x.shape[-2], k[0], s[0], p[0], ceil_mode)
    lefts = starts(x.shape[-1], k[1], s[1], p[1], ceil_mode)
    rows = [torch.stack([window(t, l, k, p) for l in lefts], dim=-1) for t in tops]
    return torch.stack(rows, dim=-2)


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    def window(t, l, k, p):
        return x[..., max(t, 0) : t + k[0], max(l, 0) : l + k[1]].amax((-2, -1))

    return pooled(x, kernel_size, stride, padding, ceil_mode, window)


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    height, width = x.shape[-2:]

    def window(t, l, k, p):
        inside = x[..., max(t, 0) : t + k[0], max(l, 0) : l + k[1]]
        if not count_include_pad:
            return inside.mean(dim=(-2, -1))
        rows = min(t + k[0], height + p[0]) - t
        columns = min(l + k[1], width + p[1]) - l
        return inside.mean(dim=(-2, -1)) * (inside.shape[-2] * inside.shape[-1]) / (rows * columns)

    return pooled(x, kernel_size, stride, padding, ceil_mode, window)
