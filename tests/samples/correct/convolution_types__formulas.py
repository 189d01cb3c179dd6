"""Formulas in one line each, lists, assertions, one group after another."""
import torch


def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    assert output_padding < stride or output_padding < dilation
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1


def receptive_field(layers):
    total = 1
    for n, (kernel, _, dilation) in enumerate(layers):
        jump = 1
        for _, stride, _ in layers[:n]:
            jump *= stride
        total += (kernel - 1) * dilation * jump
    return total


def separable_params(in_channels, out_channels, kernel_size, bias=True):
    total = in_channels * kernel_size * kernel_size + in_channels * out_channels
    if bias:
        total += in_channels + out_channels
    return total


def conv_macs(
    height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1
):
    def out(n):
        return (n + 2 * padding - kernel_size) // stride + 1

    per_output = kernel_size * kernel_size * in_channels // groups
    return out(height) * out(width) * out_channels * per_output


def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    n, channels, height, width = x.shape
    filters, depth, kh, kw = weight.shape
    assert channels == depth * groups
    assert filters % groups == 0
    framed = x.new_zeros(n, channels, height + 2 * padding, width + 2 * padding)
    framed[:, :, padding : padding + height, padding : padding + width] = x
    rows = (height + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    columns = (width + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    each = filters // groups
    parts = []
    for g in range(groups):
        images = framed[:, g * depth : (g + 1) * depth]
        kernels = weight[g * each : (g + 1) * each]
        total = 0
        for i in range(kh):
            for j in range(kw):
                top, left = i * dilation, j * dilation
                tap = images[
                    :,
                    :,
                    top : top + (rows - 1) * stride + 1 : stride,
                    left : left + (columns - 1) * stride + 1 : stride,
                ]
                total = total + torch.einsum("nchw,fc->nfhw", tap, kernels[:, :, i, j])
        parts.append(total)
    return torch.cat(parts, dim=1)
