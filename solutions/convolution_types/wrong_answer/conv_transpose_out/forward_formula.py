"""Your result matches the size of an ordinary convolution. Check the direction: a transposed
convolution spreads the input and grows it.
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
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1 + output_padding
