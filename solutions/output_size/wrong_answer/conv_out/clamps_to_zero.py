"""Your result matches a formula that answers 0 where the kernel does not fit. Check that this
case raises ValueError, as no layer can have size 0.
"""


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    if stride < 1:
        raise ValueError(f"stride must be 1 or more, got {stride}")
    return max(0, (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1)
