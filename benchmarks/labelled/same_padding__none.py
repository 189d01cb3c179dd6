def same_padding(kernel_size, dilation=1):
    # dilation added, not multiplied
    total = kernel_size - 1 + dilation - 1
    return total // 2, total - total // 2
