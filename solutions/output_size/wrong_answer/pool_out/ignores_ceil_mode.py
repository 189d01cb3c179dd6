"""Your result matches a formula that always rounds down. Check what ceil_mode=True changes: a
window that hangs over the right end then counts.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return steps // stride + 1
