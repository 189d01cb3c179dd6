"""Your result matches one depthwise kernel for each output channel. Check that the depthwise stage
comes first and works on the input channels.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return (
        out_channels * kernel_size**2
        + in_channels * out_channels
        + (in_channels + out_channels if bias else 0)
    )
