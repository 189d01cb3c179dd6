# %% [markdown]
# # Kinds of convolution
#
# Transposed, dilated, grouped and separable convolutions differ in how far they see, how large
# their result is and what they cost. Four functions count that, the fifth one computes.
# The statement (README.md) has the formulas, figures and worked examples.

# %%
from collections.abc import Sequence

import torch
from torch import Tensor

# %% [markdown]
# ## Transposed convolution


# %%
def conv_transpose_out(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """Size of the output of a transposed convolution along one axis.

        (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1

    Args:
        size: pixels of the input along this axis, 1 or more.
        kernel_size: taps of the kernel, 1 or more.
        stride: pixels of the output from one input pixel's window to the next, 1 or more.
        padding: pixels cut off at each of the two ends of the output, 0 or more.
        output_padding: pixels added at the right end of the output, 0 or more. It is smaller than
            the larger one of stride and dilation.
        dilation: pixels from one tap to the next, 1 or more.

    Returns:
        The size as an int.

    Raises:
        ValueError: if output_padding is not smaller than stride or dilation.

    Source:
        PyTorch documentation, torch.nn.ConvTranspose1d, section "Shape".

    Example:
        >>> conv_transpose_out(4, 3, stride=2, padding=1)
        7
        >>> conv_transpose_out(4, 3, stride=2, padding=1, output_padding=1)
        8
    """
    # BEGIN SOLUTION
    if output_padding >= max(stride, dilation):
        raise ValueError(f"output_padding {output_padding} is not below {max(stride, dilation)}")
    covered = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride + covered - 2 * padding + output_padding
    # END SOLUTION


# %% [markdown]
# ## Receptive field


# %%
def receptive_field(layers: Sequence[tuple[int, int, int]]) -> int:
    """How many input pixels, along one axis, can influence one pixel of the last layer.

        r = 1, j = 1;   for each layer, from the first on:   r += dilation * (kernel_size - 1) * j
                                                             j *= stride

    Args:
        layers: (kernel_size, stride, dilation) of each layer, the first layer first, each 1 or
            more. A list without layers sees 1 pixel.

    Returns:
        The distance from the first to the last of these pixels, both included, as an int.

    Source:
        Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks,
        Distill (2019), section "Solving for receptive field size".

    Example:
        >>> receptive_field([(3, 1, 1), (3, 1, 1)])
        5
        >>> receptive_field([(3, 2, 1), (3, 1, 1)])
        7
    """
    # BEGIN SOLUTION
    field, jump = 1, 1
    for kernel_size, stride, dilation in layers:
        field += dilation * (kernel_size - 1) * jump
        jump *= stride
    return field
    # END SOLUTION


# %% [markdown]
# ## Depthwise separable convolution


# %%
def separable_params(
    in_channels: int, out_channels: int, kernel_size: int, bias: bool = True
) -> int:
    """Number of parameters of a depthwise separable convolution.

    The depthwise stage has one kernel_size x kernel_size filter for each input channel, which sees
    that channel only. The pointwise stage is an ordinary convolution with 1 x 1 kernels from
    in_channels to out_channels. With bias, each stage has one number for each of its filters.

    Args:
        in_channels: channels of the input, 1 or more.
        out_channels: channels of the output, 1 or more.
        kernel_size: rows and columns of the depthwise kernels, 1 or more.
        bias: whether both stages have biases.

    Returns:
        The number of parameters of both stages as an int.

    Source:
        Howard et al., MobileNets (2017), section 3.1, which leaves out the biases.

    Example:
        >>> separable_params(3, 8, 5, bias=False)
        99
        >>> separable_params(3, 8, 5)
        110
    """
    # BEGIN SOLUTION
    depthwise = in_channels * kernel_size**2
    pointwise = in_channels * out_channels
    return depthwise + pointwise + (in_channels + out_channels if bias else 0)
    # END SOLUTION


# %% [markdown]
# ## What a convolution costs


# %%
def conv_macs(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> int:
    """Number of multiply-accumulate operations of a convolution without bias, for one image.

        output positions * out_channels * (in_channels / groups) * kernel_size * kernel_size

    One multiplication together with its addition counts once. Taps that fall on the padding count
    too. The size of the output follows the usual formula, with the rest dropped (floor).

    Args:
        height: rows of the input, 1 or more; the kernel fits into the padded input.
        width: columns of the input, 1 or more; the kernel fits into the padded input.
        in_channels: channels of the input; groups divides it.
        out_channels: channels of the output; groups divides it.
        kernel_size: rows and columns of the kernel, 1 or more.
        stride: pixels from one window to the next, 1 or more.
        padding: pixels added at each side, 0 or more.
        groups: groups of channels that do not see each other, 1 or more.

    Returns:
        The number of operations. The result is an int, never a float.

    Source:
        Howard et al., MobileNets (2017), section 3.1, "computational cost".

    Example:
        >>> conv_macs(5, 7, 3, 8, 3)
        3240
        >>> conv_macs(5, 7, 4, 8, 3, stride=2, padding=1, groups=4)
        864
    """
    # BEGIN SOLUTION
    rows = (height + 2 * padding - kernel_size) // stride + 1
    columns = (width + 2 * padding - kernel_size) // stride + 1
    return rows * columns * out_channels * (in_channels // groups) * kernel_size**2
    # END SOLUTION


# %% [markdown]
# ## Grouped convolution


# %%
def conv2d_grouped(
    x: Tensor,
    weight: Tensor,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    groups: int = 1,
) -> Tensor:
    """A convolution whose channels are split into groups that do not see each other.

    The input channels are cut into `groups` blocks of neighbouring channels, and so are the
    filters: the first block of filters sees the first block of channels, and so on. Within a
    group it is the ordinary convolution: the kernel is not flipped, and products are summed over
    the group's channels. The padding is filled with zeros. If the stride does not divide, the
    rest is dropped (floor). The inputs are not changed. The result has the dtype of x. Gradients
    flow back to x and weight. It works for any memory layout, for example after
    x.permute(0, 3, 1, 2).

    Args:
        x: images, shape [N, C_in, H, W], floating point.
        weight: filters, shape [C_out, C_in / groups, kernel height, kernel width], dtype of x.
        stride: pixels from one window to the next, on both axes, 1 or more.
        padding: zeros added at each of the four sides, 0 or more.
        dilation: pixels from one tap to the next, on both axes, 1 or more.
        groups: number of groups, 1 or more.

    Returns:
        A tensor of shape [N, C_out, H_out, W_out].

    Raises:
        ValueError: if C_in is not groups times the second size of weight.
        ValueError: if groups does not divide C_out.

    Source:
        PyTorch documentation, torch.nn.Conv2d, parameter groups.

    Example:
        >>> x = torch.tensor([[[[1.0, 2.0]], [[3.0, 4.0]]]])
        >>> weight = torch.tensor([[[[10.0]]], [[[100.0]]]])
        >>> conv2d_grouped(x, weight, groups=2)
        tensor([[[[ 10.,  20.]],
        <BLANKLINE>
                 [[300., 400.]]]])
    """
    # BEGIN SOLUTION
    filters, depth, height, width = weight.shape
    if x.shape[1] != groups * depth:
        raise ValueError(f"x has {x.shape[1]} channels, {groups} groups of {depth} were wanted")
    if filters % groups:
        raise ValueError(f"{filters} filters cannot be split into {groups} groups")
    padded = torch.nn.functional.pad(x, (padding,) * 4)
    rows = (padded.shape[2] - dilation * (height - 1) - 1) // stride + 1
    columns = (padded.shape[3] - dilation * (width - 1) - 1) // stride + 1
    kernels = weight.reshape(groups, filters // groups, depth, height, width)
    result = x.new_zeros(len(x), groups, filters // groups, rows, columns)
    for i in range(height):
        for j in range(width):
            tap = padded[:, :, i * dilation :: stride, j * dilation :: stride]
            tap = tap[:, :, :rows, :columns].unflatten(1, (groups, depth))
            result = result + torch.einsum("ngcij,gfc->ngfij", tap, kernels[..., i, j])
    return result.flatten(1, 2)
    # END SOLUTION
