# Output size of convolution and pooling
#
# Three functions that count: how many places a window has on one axis of an image.
# The statement (README.md) has the formula, figures and worked examples.


# Convolution


def conv_out(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Size of the output of a convolution along one axis.

        floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1

    If the stride does not divide, the rest is dropped (floor); not an error.

    Args:
        size: pixels of the input along this axis, 1 or more.
        kernel_size: taps of the kernel, 1 or more.
        stride: pixels from one window to the next, 1 or more.
        padding: pixels added at each of the two ends, 0 or more.
        dilation: pixels from one tap to the next, 1 or more; the kernel covers
            dilation * (kernel_size - 1) + 1 pixels.

    Returns:
        The number of windows, 1 or more. The result is an int, never a float.

    Raises:
        ValueError: if the kernel covers more pixels than the padded input has.
        ValueError: if stride is less than 1.

    Source:
        PyTorch documentation, torch.nn.Conv1d, section "Shape";
        Dumoulin and Visin, A guide to convolution arithmetic for deep learning (2016), chapter 2.

    Example:
        >>> conv_out(7, 3, stride=2, padding=1)
        4
        >>> conv_out(8, 3, stride=2, padding=1)
        4
    """
    raise NotImplementedError("Write your solution here.")


# Pooling


def pool_out(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Size of the output of a pooling layer along one axis.

    As for a convolution, with the quotient rounded down, or up if ceil_mode is set.
    In ceil mode, a last window that would start in the right padding is dropped.

    Args:
        size: pixels of the input along this axis, 1 or more.
        kernel_size: taps of the window, 1 or more; the window fits into the padded input.
        stride: pixels from one window to the next, 1 or more; None means kernel_size.
        padding: pixels added at each of the two ends, 0 or more.
        dilation: pixels from one tap to the next, 1 or more.
        ceil_mode: whether a last window that hangs over the right end counts.

    Returns:
        The number of windows, 1 or more. The result is an int, never a float.

    Raises:
        ValueError: if padding is greater than kernel_size // 2 (PyTorch's rule).

    Source:
        PyTorch documentation, torch.nn.MaxPool1d, section "Shape", and the note on ceil_mode.

    Example:
        >>> pool_out(5, 2)
        2
        >>> pool_out(5, 2, ceil_mode=True)
        3
        >>> pool_out(5, 2, padding=1, ceil_mode=True)
        3
    """
    raise NotImplementedError("Write your solution here.")


# Padding that keeps the size


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    """Padding that keeps the size in a convolution with stride 1, as (left, right).

    The total is dilation * (kernel_size - 1), split as evenly as it goes.
    If the total is odd, the extra pixel goes to the right.

    Args:
        kernel_size: taps of the kernel, 1 or more. A kernel of size 1 needs no padding: (0, 0).
        dilation: pixels from one tap to the next, 1 or more.

    Returns:
        The pixels to add at the left and at the right end. Both numbers are ints, never floats.

    Source:
        PyTorch documentation, torch.nn.Conv1d, padding='same'.

    Example:
        >>> same_padding(3)
        (1, 1)
        >>> same_padding(4)
        (1, 2)
        >>> same_padding(3, dilation=2)
        (2, 2)
    """
    raise NotImplementedError("Write your solution here.")
