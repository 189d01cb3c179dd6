"""Your result matches a count without biases. Check that bias is on by default."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return in_channels * kernel_size**2 + in_channels * out_channels
