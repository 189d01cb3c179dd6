"""Your result matches an ordinary convolution. Check that the work is split into a depthwise and a
pointwise stage.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * out_channels * kernel_size**2 + (out_channels if bias else 0)
