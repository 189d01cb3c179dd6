"""Your result matches kernels with one row. Check that a kernel has kernel_size rows and
columns.
"""


def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    return (
        in_channels * kernel_size
        + in_channels * out_channels
        + (in_channels + out_channels if bias else 0)
    )
