"""Time limit exceeded: conv_out never leaves the first window once the kernel is dilated."""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(stride)
    start, windows = 0, 0
    while start + dilation * (kernel_size - 1) < size + 2 * padding:
        windows += 1
        start += stride // dilation
    if not windows:
        raise ValueError("the kernel does not fit")
    return windows


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size // 2:
        raise ValueError(padding)
    stride = stride or kernel_size
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return steps // stride + 1
    return min(-(-steps // stride) + 1, -(-(size + padding) // stride))


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
