"""Your result matches output_padding at both ends. Check that it is added at one end only."""


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
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + 2 * output_padding + 1
