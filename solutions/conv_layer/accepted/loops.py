"""Accepted: the formula of the statement, one output value after the other."""

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = pair(stride), pair(padding)
    n, c_in, height, width = x.shape
    c_out, channels, kh, kw = weight.shape
    assert c_in == channels, "channels do not match"
    padded = torch.zeros((n, c_in, height + 2 * ph, width + 2 * pw), dtype=x.dtype)
    padded[:, :, ph : ph + height, pw : pw + width] = x
    rows = (height + 2 * ph - kh) // sh + 1
    columns = (width + 2 * pw - kw) // sw + 1
    if rows < 1 or columns < 1:
        raise RuntimeError("the kernel does not fit")
    result = torch.zeros((n, c_out, rows, columns), dtype=x.dtype)
    for f in range(c_out):
        for i in range(rows):
            for j in range(columns):
                window = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw]
                result[:, f, i, j] = (window * weight[f]).sum(dim=(1, 2, 3))
        if bias is not None:
            result[:, f] += bias[f]
    return result


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups != 0 or out_channels % groups != 0:
        raise ValueError("groups")
    kh, kw = pair(kernel_size)
    count = 0
    for _ in range(out_channels):
        count += in_channels // groups * kh * kw
        count += 1 if bias else 0
    return count
