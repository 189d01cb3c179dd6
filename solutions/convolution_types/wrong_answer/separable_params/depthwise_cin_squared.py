"""Your result matches depthwise kernels that see all input channels. Check that each one sees a
single channel.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return (
        in_channels**2 * kernel_size**2
        + in_channels * out_channels
        + (in_channels + out_channels if bias else 0)
    )
