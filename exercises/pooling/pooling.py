# Max pooling and average pooling
#
# Two functions that turn each window of an image into one number.
# The statement (README.md) has both on the same image, and what padding and ceil_mode mean.


import torch
from torch import Tensor

# The largest pixel


def max_pool2d(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
) -> Tensor:
    """The largest pixel of each window, for every channel on its own.

    Padding counts as minus infinity, so it never wins, and a window of -inf gives -inf.
    A window with a nan gives nan.
    A part of a window at the lower or right end is dropped, unless ceil_mode is set.
    In ceil mode, a last window that would start in the padding is dropped.
    The input is not changed. The result has the dtype of x. Gradients flow back to x.
    It works for any memory layout, for example after x.permute(0, 3, 1, 2).

    Args:
        x: images, shape [N, C, H, W] or [C, H, W], floating point.
        kernel_size: size of the window in pixels, an int or (height, width), 1 or more.
        stride: pixels from one window to the next, an int or (height, width), 1 or more;
            None means kernel_size.
        padding: pixels added on each side, an int or (height, width), 0 or more.
        ceil_mode: whether a last window that hangs over the lower or right end counts.

    Returns:
        A tensor of shape [N, C, H_out, W_out] or [C, H_out, W_out]; sizes as in `pool_out`.

    Raises:
        ValueError: if padding is greater than kernel_size // 2.
        ValueError: if the window is larger than the padded image.

    Source:
        PyTorch documentation, torch.nn.MaxPool2d.

    Example:
        >>> max_pool2d(torch.tensor([[[1.0, 2.0, 3.0, 4.0, 5.0]]]), (1, 2), ceil_mode=True)
        tensor([[[2., 4., 5.]]])
    """
    raise NotImplementedError("Write your solution here.")


# The average


def avg_pool2d(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    """The average of each window, for every channel on its own.

    Padding counts as zeros, and counts in the divisor unless count_include_pad is False.
    What hangs over the padded image in ceil mode never counts in the divisor.
    A part of a window at the lower or right end is dropped, unless ceil_mode is set.
    In ceil mode, a last window that would start in the padding is dropped.
    The input is not changed. The result has the dtype of x. Gradients flow back to x.
    It works for any memory layout, for example after x.permute(0, 3, 1, 2).

    Args:
        x: images, shape [N, C, H, W] or [C, H, W], floating point.
        kernel_size: size of the window in pixels, an int or (height, width), 1 or more.
        stride: pixels from one window to the next, an int or (height, width), 1 or more;
            None means kernel_size.
        padding: pixels added on each side, an int or (height, width), 0 or more.
        ceil_mode: whether a last window that hangs over the lower or right end counts.
        count_include_pad: whether padding counts in the divisor.

    Returns:
        A tensor of shape [N, C, H_out, W_out] or [C, H_out, W_out]; sizes as in `pool_out`.

    Raises:
        ValueError: if padding is greater than kernel_size // 2.
        ValueError: if the window is larger than the padded image.

    Source:
        PyTorch documentation, torch.nn.AvgPool2d.

    Example:
        >>> avg_pool2d(torch.tensor([[[1.0, 2.0, 3.0, 4.0, 5.0]]]), (1, 2), ceil_mode=True)
        tensor([[[1.5000, 3.5000, 5.0000]]])
    """
    raise NotImplementedError("Write your solution here.")
