"""Your result matches one window for each pixel of the input. Check that the positions of the
output are counted.
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
    return height * width * out_channels * (in_channels // groups) * kernel_size**2
