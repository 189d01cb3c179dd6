"""Your result matches padding at one end only. Check that it is added at both ends."""


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
    rows = (height + padding - kernel_size) // stride + 1
    columns = (width + padding - kernel_size) // stride + 1
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
