"""Your result matches an image without padding. Check that padding is added at both ends of both
axes.
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
    rows = (height - kernel_size) // stride + 1
    columns = (width - kernel_size) // stride + 1
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
