"""Your result matches a total of dilation * kernel_size - 1. Check how many gaps lie between the
taps: there is one fewer than taps.
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * kernel_size - 1
    return total // 2, total - total // 2
