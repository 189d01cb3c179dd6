"""Your result matches an output_padding that must stay below the stride. Check that being below the
dilation is enough.
"""


def conv_transpose_out(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    if output_padding >= stride:
        raise ValueError("output_padding is too large")
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
