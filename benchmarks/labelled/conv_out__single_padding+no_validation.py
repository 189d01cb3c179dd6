def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    k_eff = kernel_size + (kernel_size - 1) * (dilation - 1)
    return int((size - k_eff + padding) // stride) + 1
