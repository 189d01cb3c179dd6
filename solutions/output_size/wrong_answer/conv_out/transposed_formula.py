"""Your result matches the size of a transposed convolution. Check the direction: a stride above
1 makes the output of a convolution smaller.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(f"the kernel covers {covered} pixels")
    return (size - 1) * stride - 2 * padding + covered
