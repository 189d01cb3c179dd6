"""Your result matches the whole total on each side. Check that the two sides together are
dilation * (kernel_size - 1).
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total, total
