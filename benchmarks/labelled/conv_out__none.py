def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    # the padding is forgotten, and so is the +1
    return (size - dilation * (kernel_size - 1) - 1) // stride
