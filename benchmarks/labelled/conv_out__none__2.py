def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    # stride applied to the kernel, not to the image
    return (size + 2 * padding) // (stride * kernel_size) + dilation - 1
