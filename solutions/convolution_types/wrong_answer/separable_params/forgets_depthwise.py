"""Your result matches the pointwise stage alone. Check that the kernel of each input channel is
counted too.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * out_channels + (out_channels if bias else 0)
