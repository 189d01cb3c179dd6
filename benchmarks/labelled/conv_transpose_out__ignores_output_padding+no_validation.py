def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    spread = size + (size - 1) * (stride - 1)
    return spread + dilation * (kernel_size - 1) - 2 * padding
