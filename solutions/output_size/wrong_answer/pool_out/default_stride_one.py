"""Your result matches a stride of 1 where none is given. Check the default of a pooling layer:
the windows lie side by side.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = 1
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return steps // stride + 1
    count = -(-steps // stride) + 1
    if (count - 1) * stride >= size + padding:
        count -= 1
    return count
