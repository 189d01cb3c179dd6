"""Your result matches windows that always lie side by side. Check that a stride, where one is
given, sets the distance between windows.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return steps // stride + 1
    count = -(-steps // stride) + 1
    if (count - 1) * stride >= size + padding:
        count -= 1
    return count
