"""Your result matches a formula without dilation. Check how many pixels a kernel covers when its
taps are spread.
"""


def same_padding(kernel_size, dilation=1):
    total = kernel_size - 1
    return total // 2, total - total // 2
