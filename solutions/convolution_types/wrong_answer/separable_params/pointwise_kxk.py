"""Your result matches a pointwise stage with large kernels. Check that its kernels are 1 x 1."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return (
        in_channels * kernel_size**2
        + in_channels * out_channels * kernel_size**2
        + (in_channels + out_channels if bias else 0)
    )
