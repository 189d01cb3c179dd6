"""Your result matches an output_padding cut off at its limit. Check that a value beyond the limit
raises an error.
"""


def conv_transpose_out(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    output_padding = min(output_padding, max(stride, dilation) - 1)
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
