def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError("stride must be positive")
    kernel = dilation * (kernel_size - 1) + 1
    if kernel > size + 2 * padding:
        raise ValueError("kernel too large")
    return (size - kernel + padding) // stride + 1


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    stride = kernel_size if stride is None else stride
    if padding > kernel_size // 2:
        raise ValueError("padding too large")
    rest = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if ceil_mode:
        n = (rest + stride - 1) // stride + 1
        return n - 1 if (n - 1) * stride >= size + padding else n
    return rest // stride + 1


def same_padding(kernel_size, dilation=1):
    total = (kernel_size - 1) * dilation
    return (total // 2, total - total // 2)
