"""Your result matches a count that forgets the first window. Check the output size: the first
window counts too.
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
    rows = (height + 2 * padding - kernel_size) // stride
    columns = (width + 2 * padding - kernel_size) // stride
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
