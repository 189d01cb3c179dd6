"""Your result matches a bias spread along the width. Check its shape: it belongs to the channel
axis.
"""

import torch


def pair(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    step, pad = pair(stride), pair(padding)
    batch, channels, height, width = x.shape
    filters, expected, kh, kw = weight.shape
    if channels != expected:
        raise ValueError(f"{channels} channels, the filters have {expected}")
    if kh > height + 2 * pad[0] or kw > width + 2 * pad[1]:
        raise ValueError(f"a kernel of {kh} x {kw} does not fit")
    padded = x.new_zeros(batch, channels, height + 2 * pad[0], width + 2 * pad[1])
    padded[..., pad[0] : pad[0] + height, pad[1] : pad[1] + width] = x
    rows = (height + 2 * pad[0] - kh) // step[0] + 1
    columns = (width + 2 * pad[1] - kw) // step[1] + 1
    result = x.new_zeros(batch, filters, rows, columns)
    for i in range(rows):
        for j in range(columns):
            top, left = i * step[0], j * step[1]
            window = padded[..., top : top + kh, left : left + kw]
            result[..., i, j] = torch.einsum("nchw,fchw->nf", window, weight)
    if bias is not None:
        result = result + bias
    return result
