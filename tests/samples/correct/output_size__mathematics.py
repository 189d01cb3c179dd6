"""math.floor of a quotient, lists for tuples, assertions for errors."""
import math


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    assert stride > 0, "stride"
    span = dilation * (kernel_size - 1) + 1
    assert span <= size + 2 * padding, "kernel"
    return math.floor((size + 2 * padding - span) / stride + 1)


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    assert padding <= kernel_size / 2, "padding"
    stride = kernel_size if stride is None else stride
    exact = (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1
    if not ceil_mode:
        return math.floor(exact)
    n = math.ceil(exact)
    return n - 1 if (n - 1) * stride >= size + padding else n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return [math.floor(total / 2), math.ceil(total / 2)]
