"""Your result matches size / stride, rounded up, which holds for one special padding only. Check
that kernel_size, padding and dilation all change the result.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(f"the kernel covers {covered} pixels")
    return -(-size // stride)
