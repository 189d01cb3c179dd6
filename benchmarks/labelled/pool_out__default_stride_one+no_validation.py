def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    stride = stride or 1
    covered = dilation * (kernel_size - 1) + 1
    free = size + 2 * padding - covered
    n = free // stride + 1
    if ceil_mode and free % stride:
        n = n + 1
    if ceil_mode and (n - 1) * stride >= size + padding:
        n = n - 1
    return n
