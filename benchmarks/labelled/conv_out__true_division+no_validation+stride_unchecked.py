def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    top = size + 2 * padding - dilation * (kernel_size - 1) - 1
    out = top / stride
    out = out + 1
    return out
