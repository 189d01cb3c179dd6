"""Closed forms in other arrangements; the convolution through Tensor.unfold and a block weight."""

import math

import torch


def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    assert output_padding < max(stride, dilation)
    return (
        size * stride
        - stride
        + dilation * kernel_size
        - dilation
        + 1
        + output_padding
        - 2 * padding
    )


def receptive_field(layers):
    strides = [stride for _, stride, _ in layers]
    return 1 + sum(
        (kernel - 1) * dilation * math.prod(strides[:index])
        for index, (kernel, _, dilation) in enumerate(layers)
    )


def separable_params(in_channels, out_channels, kernel_size, bias=True):
    return in_channels * (kernel_size**2 + bias) + out_channels * (in_channels + bias)


def _size(size, kernel, stride, padding, dilation=1):
    return math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1


def conv_macs(height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1):
    positions = _size(height, kernel_size, stride, padding) * _size(
        width, kernel_size, stride, padding
    )
    return positions * (out_channels * in_channels * kernel_size * kernel_size // groups)


def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    c_out, depth, kh, kw = weight.shape
    if c_out % groups:
        raise RuntimeError("groups do not divide the filters")
    n, c_in, height, width = x.shape
    border = x.new_zeros(n, c_in, height + 2 * padding, width + 2 * padding)
    border[:, :, padding : padding + height, padding : padding + width] = x
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = border.unfold(2, span_h, stride).unfold(3, span_w, stride)
    windows = windows[..., ::dilation, ::dilation]
    # raises RuntimeError if the channels do not match
    windows = windows.reshape(n, groups, depth, *windows.shape[2:])
    filters = weight.reshape(groups, c_out // groups, depth, kh, kw)
    return torch.einsum("ngcijab,gfcab->ngfij", windows, filters).reshape(
        n, c_out, *windows.shape[3:5]
    )
