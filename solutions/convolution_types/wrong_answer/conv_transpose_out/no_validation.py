"""Your result matches the formula, also where output_padding is too large. Check that it stays
below the larger one of stride and dilation.
"""


def conv_transpose_out(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
