"""Your result matches a count with biases in every case. Check that bias=False leaves them out."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * kernel_size**2 + in_channels * out_channels + in_channels + out_channels
