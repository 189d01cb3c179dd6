"""Your result matches the formula even for a stride below 1. Check that such a stride raises
ValueError.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(f"the kernel covers {covered} pixels")
    return (size + 2 * padding - covered) // stride + 1
