import math

def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    x = (size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1
    return math.ceil(x) if ceil_mode else math.floor(x)
