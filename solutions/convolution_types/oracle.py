"""What the hidden tests compare with: torch's layers, sizes and parameters read off them."""

import torch
import torch.nn.functional as F
from torch import nn


def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """The width that F.conv_transpose1d gives a row of zeros."""
    row, kernel = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size)
    result = F.conv_transpose1d(
        row,
        kernel,
        stride=stride,
        padding=padding,
        output_padding=output_padding,
        dilation=dilation,
    )
    return result.shape[-1]


def receptive_field(layers):
    """Every pixel that one output pixel can be traced back to, layer by layer."""
    seen = {0}
    for kernel_size, stride, dilation in reversed(layers):
        seen = {at * stride + tap * dilation for at in seen for tap in range(kernel_size)}
    return max(seen) - min(seen) + 1


def separable_params(in_channels, out_channels, kernel_size, bias=True):
    """The elements of the two layers, built without memory."""
    stages = nn.Sequential(
        nn.Conv2d(
            in_channels, in_channels, kernel_size, groups=in_channels, bias=bias, device="meta"
        ),
        nn.Conv2d(in_channels, out_channels, 1, bias=bias, device="meta"),
    )
    return sum(parameter.numel() for parameter in stages.parameters())


def conv_macs(height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1):
    """Elements of the output times elements of one filter, both read off a layer."""
    layer = nn.Conv2d(
        in_channels,
        out_channels,
        kernel_size,
        stride=stride,
        padding=padding,
        groups=groups,
        bias=False,
        device="meta",
    )
    result = layer(torch.empty(1, in_channels, height, width, device="meta"))
    return result.numel() * layer.weight[0].numel()


def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    """F.conv2d."""
    return F.conv2d(x, weight, None, stride, padding, dilation, groups)
