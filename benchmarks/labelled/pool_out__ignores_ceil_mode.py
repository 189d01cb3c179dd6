import math

def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if 2 * padding > kernel_size:
        raise ValueError("padding")
    s = kernel_size if stride is None else stride
    return math.floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / s + 1)
