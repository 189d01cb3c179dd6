"""Your result matches a formula that always rounds up. Check what ceil_mode=False means: only
full windows count.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    count = -(-steps // stride) + 1
    if (count - 1) * stride >= size + padding:
        count -= 1
    return count
