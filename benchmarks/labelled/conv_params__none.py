def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    # the bias counts twice
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    if in_channels % groups != 0 or out_channels % groups != 0:
        raise ValueError
    return out_channels * (kernel_size[0] * kernel_size[1] * in_channels // groups + 2 * bool(bias))
