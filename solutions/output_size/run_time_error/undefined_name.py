"""Run-time error: pool_out uses a name that does not exist; the other functions are right."""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1 or dilation * (kernel_size - 1) + 1 > size + 2 * padding:
        raise ValueError("no window fits")
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // step + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
