import torch


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError("stride")
    k = dilation * (kernel_size - 1) + 1
    n = size + 2 * padding
    if k > n:
        raise ValueError("kernel")
    # count the windows one by one
    count = 0
    start = 0
    while start + k <= n:
        count += 1
        start += stride
    return count


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError("padding")
    count = 0
    start = -padding
    while start < size + padding:
        if start + dilation * (kernel_size - 1) < size + padding:
            count += 1
            start += stride
        elif ceil_mode and start < size:
            count += 1
            # the window that hangs over is the last one
    return count


def same_padding(kernel_size, dilation=1):
    left = dilation * (kernel_size - 1) // 2
    return left, dilation * (kernel_size - 1) - left


def pad2d(x, pad, mode="zeros"):
    l, r, t, b = (pad, pad, pad, pad) if isinstance(pad, int) else pad
    h, w = x.shape[-2:]
    if min(l, r, t, b) < 0:
        raise ValueError("negative pad")
    if mode == "reflect" and (max(l, r) >= w or max(t, b) >= h):
        raise ValueError("pad too large to reflect")
    if mode == "circular" and (max(l, r) > w or max(t, b) > h):
        raise ValueError("pad too large to wrap around")
    out = torch.zeros(*x.shape[:-2], h + t + b, w + l + r, dtype=x.dtype)
    for i in range(h + t + b):
        for j in range(w + l + r):
            a, c = i - t, j - l
            if mode == "zeros" and not (0 <= a < h and 0 <= c < w):
                continue
            if mode == "replicate":
                a, c = min(max(a, 0), h - 1), min(max(c, 0), w - 1)
            if mode == "circular":
                a, c = a % h, c % w
            if mode == "reflect":
                a = abs(a) if a < h else 2 * h - 2 - a
                c = abs(c) if c < w else 2 * w - 2 - c
            out[..., i, j] = x[..., a, c]
    return out


def relu(x):
    return x.clamp(min=0)
