from math import ceil

def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    left = size + padding + padding
    window = 1 + dilation * (kernel_size - 1)
    return ceil((left - window) / stride + 1)
