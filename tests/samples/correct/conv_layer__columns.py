"""unfold and one matrix product; assertions."""
import torch


def two(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def conv2d(x, weight, bias=None, stride=1, padding=0):
    (sh, sw), (ph, pw) = two(stride), two(padding)
    n, channels, height, width = x.shape
    filters, depth, kh, kw = weight.shape
    assert channels == depth, "channels"
    assert kh <= height + 2 * ph and kw <= width + 2 * pw, "kernel too large"
    framed = x.new_zeros(n, channels, height + 2 * ph, width + 2 * pw)
    framed[:, :, ph : ph + height, pw : pw + width] = x
    columns = framed.unfold(2, kh, sh).unfold(3, kw, sw)
    rows, cols = columns.shape[2:4]
    columns = columns.permute(0, 2, 3, 1, 4, 5).reshape(n, rows * cols, -1)
    result = columns.matmul(weight.reshape(filters, -1).t()).transpose(1, 2)
    result = result.reshape(n, filters, rows, cols)
    return result if bias is None else result + bias.reshape(1, -1, 1, 1)


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    assert in_channels % groups == 0 and out_channels % groups == 0
    kh, kw = two(kernel_size)
    return out_channels * (in_channels // groups * kh * kw + int(bias))
