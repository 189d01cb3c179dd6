# %% [markdown]
# # Max pooling and average pooling
#
# Two functions that turn each window of an image into one number.
# The statement (README.md) has both on the same image, and what padding and ceil_mode mean.

# %%
import torch
from torch import Tensor

# BEGIN SOLUTION
from torch.nn import functional as F

# END SOLUTION


# %%
# BEGIN SOLUTION
def pair(value: int | tuple[int, int]) -> tuple[int, int]:
    """(for height, for width)."""
    return (value, value) if isinstance(value, int) else (value[0], value[1])


def places(size: int, kernel: int, stride: int, padding: int, ceil_mode: bool) -> int:
    """How many windows there are along one axis."""
    if padding > kernel // 2:
        raise ValueError(f"padding is at most half the window of {kernel}, got {padding}")
    steps = size + 2 * padding - kernel
    if steps < 0:
        raise ValueError(f"a window of {kernel} does not fit into {size + 2 * padding} pixels")
    if not ceil_mode:
        return steps // stride + 1
    count = -(-steps // stride) + 1
    return count - 1 if (count - 1) * stride >= size + padding else count


def windows(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None,
    padding: int | tuple[int, int],
    ceil_mode: bool,
    border: float,
    beyond: float,
) -> Tensor:
    """All windows, shape [..., H_out, W_out, kernel height, kernel width].

    The padding is filled with `border`, what hangs over the padded image with `beyond`.
    """
    kernel, pads = pair(kernel_size), pair(padding)
    step = kernel if stride is None else pair(stride)
    sizes = zip(x.shape[-2:], kernel, step, pads, strict=True)
    counts = [places(*numbers, ceil_mode) for numbers in sizes]
    padded = F.pad(x, (pads[1], pads[1], pads[0], pads[0]), value=border)
    # Exactly as long as the windows need; a negative width crops what no window covers.
    below, right = (
        (count - 1) * s + k - size
        for count, s, k, size in zip(counts, step, kernel, padded.shape[-2:], strict=True)
    )
    covered = F.pad(padded, (0, right, 0, below), value=beyond)
    return covered.unfold(-2, kernel[0], step[0]).unfold(-2, kernel[1], step[1])


# END SOLUTION

# %% [markdown]
# ## The largest pixel


# %%
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
    # BEGIN SOLUTION
    infinity = float("inf")
    every = windows(x, kernel_size, stride, padding, ceil_mode, -infinity, -infinity)
    return every.amax((-2, -1))
    # END SOLUTION


# %% [markdown]
# ## The average


# %%
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
    # BEGIN SOLUTION
    total = windows(x, kernel_size, stride, padding, ceil_mode, 0, 0).sum((-2, -1))
    # Ones wherever a pixel counts, so that their sum over a window is its divisor.
    ones, border = torch.ones_like(x), float(count_include_pad)
    divisor = windows(ones, kernel_size, stride, padding, ceil_mode, border, 0).sum((-2, -1))
    return total / divisor
    # END SOLUTION
