def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    # the padding grows with the dilation
    if stride < 1:
        raise ValueError
    k = dilation * (kernel_size - 1) + 1
    if k > size + 2 * padding * dilation:
        raise ValueError
    return (size + 2 * padding * dilation - k) // stride + 1
