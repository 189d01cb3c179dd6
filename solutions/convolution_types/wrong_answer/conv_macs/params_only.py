"""Your result matches the number of weights. Check that each weight is used at every output
position.
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
    return out_channels * (in_channels // groups) * kernel_size**2
