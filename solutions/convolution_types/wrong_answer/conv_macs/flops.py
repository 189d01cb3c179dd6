"""Your result matches multiplications and additions counted apart. Check that a multiplication with
its addition counts once.
"""


def conv_macs(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> int:
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (width + 2 * padding - kernel_size) // stride + 1
    return 2 * rows * columns * out_channels * (in_channels // groups) * kernel_size**2
