"""Your result matches a formula that divides with a fraction left over. Check that the quotient
is rounded down and that the result is an int.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    covered = dilation * (kernel_size - 1) + 1
    if covered > size + 2 * padding:
        raise ValueError(f"the kernel covers {covered} pixels")
    return (size + 2 * padding - covered) / stride + 1
