"""Your result matches dilation * (kernel_size // 2) on both sides. Check an even kernel: the two
sides together are dilation * (kernel_size - 1).
"""


def same_padding(kernel_size, dilation=1):
    side = dilation * (kernel_size // 2)
    return side, side
