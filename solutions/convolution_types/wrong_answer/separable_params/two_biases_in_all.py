"""Your result matches one bias for each stage as a whole. Check that each filter has a bias."""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    weights = in_channels * kernel_size**2 + in_channels * out_channels
    return weights + (2 if bias else 0)
