"""Your result matches filters that see one channel. Check that each tap runs over the input
channels of its group.
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
    return rows * columns * out_channels * kernel_size**2
