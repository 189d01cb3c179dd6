def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    per_filter = in_channels * kh * kw
    if bias:
        per_filter += 1
    return per_filter * out_channels
