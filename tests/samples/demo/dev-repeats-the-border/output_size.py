from math import ceil, floor


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    assert stride >= 1, "stride must be >= 1"
    out = floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1)
    assert out >= 1, "kernel does not fit into the padded input"
    return out


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    s = stride or kernel_size
    assert 2 * padding <= kernel_size, "pad should be at most half of the kernel"
    out = (size + 2 * padding - dilation * (kernel_size - 1) - 1) / s + 1
    out = ceil(out) if ceil_mode else floor(out)
    while ceil_mode and (out - 1) * s >= size + padding:
        out -= 1
    return out


def same_padding(kernel_size, dilation=1):
    t = dilation * (kernel_size - 1)
    return t // 2, t - t // 2
