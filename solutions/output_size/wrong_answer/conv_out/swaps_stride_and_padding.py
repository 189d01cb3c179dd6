"""Your result matches a formula in which stride and padding have changed places. Check the order
of the parameters.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(f"the kernel covers {covered} pixels")
    return (size + 2 * stride - covered) // max(padding, 1) + 1
