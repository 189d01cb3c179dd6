"""Your result matches the formula without the final + 1. Check whether the first window, the one
before any step, is counted.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return steps // stride
    count = -(-steps // stride)
    if count * stride >= size + padding:
        count -= 1
    return count
