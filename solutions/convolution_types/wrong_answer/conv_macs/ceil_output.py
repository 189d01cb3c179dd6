"""Your result matches an output size that is rounded up. Check that a part of a window is
dropped.
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
    rows = -((kernel_size - height - 2 * padding) // stride) + 1
    columns = -((kernel_size - width - 2 * padding) // stride) + 1
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
