"""Your result matches kernel_size on both sides. Check how many pixels a convolution takes away:
a kernel of size 1 takes none.
"""


def same_padding(kernel_size, dilation=1):
    return kernel_size, kernel_size
