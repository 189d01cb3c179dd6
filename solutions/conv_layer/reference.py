# %% [markdown]
# # The convolutional layer
#
# The forward pass of a convolutional layer, and the number of its parameters.
# The statement (README.md) has the formulas, a figure and worked examples.

# %%
import torch
from torch import Tensor

# BEGIN SOLUTION
from torch.nn import functional as F

# END SOLUTION

# %% [markdown]
# ## The forward pass


# %%
def conv2d(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None = None,
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
) -> Tensor:
    """What a convolutional layer computes: each filter's response at each place.

    The kernel is not flipped (cross-correlation), and products are summed over all input channels.
    The padding is filled with zeros.
    If the stride does not divide, the rest at the lower or right end is dropped (floor).
    The inputs are not changed. The result has the dtype of x.
    Gradients flow back to x, weight and bias.
    It works for any memory layout, for example after x.permute(0, 3, 1, 2).

    Args:
        x: images, shape [N, C_in, H, W], floating point.
        weight: filters, shape [C_out, C_in, kernel height, kernel width], dtype of x.
        bias: one number for each filter, shape [C_out], dtype of x; None means none.
        stride: pixels from one window to the next, an int or (height, width), 1 or more.
        padding: zeros added on each side, an int or (height, width), 0 or more.

    Returns:
        A tensor of shape [N, C_out, H_out, W_out]; sizes as in `conv_out`.

    Raises:
        ValueError: if x and weight do not have the same number of input channels.
        ValueError: if the kernel is larger than the padded image.

    Note:
        Sums of large products of both signs lose digits; in float32 the result is exact to about
        1e-6 times the sum of the absolute products.

    Source:
        PyTorch documentation, torch.nn.Conv2d.

    Example:
        >>> x = torch.tensor([[[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]]])
        >>> weight = torch.tensor([[[[1.0, 10.0]]]])
        >>> conv2d(x, weight, bias=torch.tensor([0.5]))
        tensor([[[[21.5000, 32.5000],
                  [54.5000, 65.5000]]]])
    """
    # BEGIN SOLUTION
    steps = (stride, stride) if isinstance(stride, int) else stride
    rows, columns = (padding, padding) if isinstance(padding, int) else padding
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f"x has {x.shape[1]} channels, the filters have {weight.shape[1]}")
    padded = F.pad(x, (columns, columns, rows, rows))
    height, width = weight.shape[-2:]
    if height > padded.shape[-2] or width > padded.shape[-1]:
        raise ValueError(f"a kernel of {height} x {width} on {tuple(padded.shape[-2:])} pixels")
    windows = padded.unfold(2, height, steps[0]).unfold(3, width, steps[1])
    result = torch.einsum("ncijrs,fcrs->nfij", windows, weight)
    return result if bias is None else result + bias[:, None, None]
    # END SOLUTION


# %% [markdown]
# ## Counting parameters


# %%
def conv_params(
    in_channels: int,
    out_channels: int,
    kernel_size: int | tuple[int, int],
    bias: bool = True,
    groups: int = 1,
) -> int:
    """Number of parameters of a convolutional layer.

        out_channels * (in_channels / groups) * kernel height * kernel width, plus the biases

    Args:
        in_channels: channels of the input, 1 or more.
        out_channels: filters, that is channels of the output, 1 or more.
        kernel_size: an int for a square kernel, or (height, width), 1 or more.
        bias: whether each filter has a bias.
        groups: number of groups of channels that do not see each other, 1 or more.

    Returns:
        The number of weights and biases. The result is an int, never a float.

    Raises:
        ValueError: if groups does not divide in_channels and out_channels.

    Source:
        PyTorch documentation, torch.nn.Conv2d, section "Variables".

    Example:
        >>> conv_params(3, 16, 3)
        448
    """
    # BEGIN SOLUTION
    if in_channels % groups or out_channels % groups:
        raise ValueError(f"{groups} groups do not divide {in_channels} and {out_channels} channels")
    height, width = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    weights = out_channels * (in_channels // groups) * height * width
    return weights + out_channels if bias else weights
    # END SOLUTION
