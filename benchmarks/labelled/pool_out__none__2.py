def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    # ceil_mode the wrong way round
    stride = stride or kernel_size
    if padding > kernel_size // 2:
        raise ValueError
    free = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return free // stride + 1 if ceil_mode else -(-free // stride) + 1
