"""Your result matches the depthwise stage alone. Check that the 1 x 1 stage is counted too."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * kernel_size**2 + (in_channels if bias else 0)
