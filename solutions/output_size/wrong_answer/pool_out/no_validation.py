"""Your result matches the formula even for a padding of more than half the window. Check that
such a padding raises ValueError.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return steps // stride + 1
    count = -(-steps // stride) + 1
    if (count - 1) * stride >= size + padding:
        count -= 1
    return count
