def separable_params(in_channels, out_channels, kernel_size, bias=True):
    # the two stages have changed places
    n = out_channels * kernel_size * kernel_size + in_channels * in_channels
    return n + (in_channels + out_channels if bias else 0)
