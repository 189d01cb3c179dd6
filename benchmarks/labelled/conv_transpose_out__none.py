def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    # the stride is left out where padding is given
    if output_padding >= max(stride, dilation):
        raise ValueError
    step = 1 if padding else stride
    return (size - 1) * step + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding
