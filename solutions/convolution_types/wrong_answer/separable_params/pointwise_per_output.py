"""Your result matches one weight for each output channel in the pointwise stage. Check that each of
its filters sees all input channels.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * kernel_size**2 + out_channels + (in_channels + out_channels if bias else 0)
