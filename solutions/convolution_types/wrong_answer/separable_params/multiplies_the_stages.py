"""Your result matches a product of the two stages. Check that their parameters are added."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * kernel_size**2 * in_channels * out_channels + (
        in_channels + out_channels if bias else 0
    )
