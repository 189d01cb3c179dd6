"""Your result matches size * stride. Check that kernel_size, padding and dilation change the result
too.
"""


def conv_transpose_out(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding is too large")
    return size * stride
