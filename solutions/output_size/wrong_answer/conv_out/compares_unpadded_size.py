"""Your result matches a size check that leaves the padding out. Check which length the kernel
has to fit into: the padded one.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    covered = dilation * (kernel_size - 1) + 1
    if covered > size:
        raise ValueError(f"the kernel covers {covered} pixels")
    return (size + 2 * padding - covered) // stride + 1
