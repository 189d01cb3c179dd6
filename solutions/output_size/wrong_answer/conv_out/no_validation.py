"""Your result matches the formula even where no window fits. Check that a kernel larger than the
padded input raises ValueError.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
