def separable_params(in_channels, out_channels, kernel_size, bias=True):
    n = in_channels * out_channels * kernel_size * kernel_size
    if bias:
        n += out_channels
    return n
