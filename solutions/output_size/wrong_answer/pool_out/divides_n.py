"""Your result matches size / stride. Check calls with padding, or with a stride that differs
from kernel_size: the number of windows depends on all of them.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return -(-size // stride) if ceil_mode else size // stride
