def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    # counts starts inside the image only, padding on the left alone
    stride = stride or kernel_size
    starts = range(-padding, size - (kernel_size - 1) * dilation, stride)
    return len(starts)
