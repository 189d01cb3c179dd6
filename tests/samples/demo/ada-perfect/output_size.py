import math


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    effective_kernel = dilation * (kernel_size - 1) + 1
    padded = size + 2 * padding
    if stride < 1:
        raise ValueError("stride has to be at least 1")
    if effective_kernel > padded:
        raise ValueError(f"kernel ({effective_kernel}) is larger than the input ({padded})")
    return (padded - effective_kernel) // stride + 1


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError("padding should be at most half of the kernel size")
    span = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return math.floor(span / stride) + 1
    out = math.ceil(span / stride) + 1
    # the last window has to start inside the image or the left padding
    if (out - 1) * stride >= size + padding:
        out -= 1
    return out


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    left = total // 2
    right = total - left
    return left, right
