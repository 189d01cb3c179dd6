"""Your result matches all of the padding on the right. Check that the total is split over the
two ends.
"""


def same_padding(kernel_size, dilation=1):
    return 0, dilation * (kernel_size - 1)
