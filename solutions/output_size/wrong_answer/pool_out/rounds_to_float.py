"""Your result matches the right number as a float. Check that a size is an int, as it has to
serve as a shape.
"""


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    if padding > kernel_size // 2:
        raise ValueError(f"padding is at most half the window, got {padding}")
    steps = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return float(steps // stride) + 1
    count = -(-steps // stride) + 1
    if (count - 1) * stride >= size + padding:
        count -= 1
    return float(count)
