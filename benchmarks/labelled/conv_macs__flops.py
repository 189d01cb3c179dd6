def conv_macs(height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1):
    h = 1 + (height - kernel_size + 2 * padding) // stride
    w = 1 + (width - kernel_size + 2 * padding) // stride
    one = kernel_size * kernel_size * (in_channels // groups)
    return 2 * one * h * w * out_channels
