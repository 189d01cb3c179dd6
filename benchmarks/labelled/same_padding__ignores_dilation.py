def same_padding(kernel_size, dilation=1):
    if kernel_size % 2:
        return (kernel_size // 2, kernel_size // 2)
    return (kernel_size // 2 - 1, kernel_size // 2)
