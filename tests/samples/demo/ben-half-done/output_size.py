def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    # (W - F + 2P) / S + 1, from the lecture
    k = dilation * (kernel_size - 1) + 1
    if stride < 1 or k > size + 2 * padding:
        raise ValueError("does not fit")
    return int((size - k + 2 * padding) / stride) + 1


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    # TODO ceil_mode, ask in the tutorial what it is for
    return conv_out(size, kernel_size, stride, padding, dilation)


def same_padding(kernel_size, dilation=1):
    """Padding that keeps the size in a convolution with stride 1, as (left, right)."""
    raise NotImplementedError("Write your solution here.")
