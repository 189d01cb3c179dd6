"""Your result matches an output as wide as it is high. Check that the columns follow from
width.
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
    columns = rows
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
