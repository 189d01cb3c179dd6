"""Sizes by laying windows down one after the other, convolution by loops over filters."""

import torch
import torch.nn.functional as F


def conv_transpose_out(size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    if output_padding >= stride and output_padding >= dilation:
        raise ValueError("output_padding")
    touched = {at * stride + tap * dilation for at in range(size) for tap in range(kernel_size)}
    return max(touched) + 1 - padding - padding + output_padding


def receptive_field(layers):
    field = 1
    for kernel_size, stride, dilation in layers[::-1]:
        field = (field - 1) * stride + dilation * (kernel_size - 1) + 1
    return field


def separable_params(in_channels, out_channels, kernel_size, bias=True):
    total = 0
    for _ in range(in_channels):
        total += kernel_size * kernel_size + bias
    for _ in range(out_channels):
        total += in_channels + bias
    return total


def conv_macs(height, width, in_channels, out_channels, kernel_size, stride=1, padding=0, groups=1):
    rows = len(range(0, height + 2 * padding - kernel_size + 1, stride))
    columns = len(range(0, width + 2 * padding - kernel_size + 1, stride))
    taps = kernel_size * kernel_size * in_channels // groups
    return taps * rows * columns * out_channels


def conv2d_grouped(x, weight, stride=1, padding=0, dilation=1, groups=1):
    c_out, depth, kh, kw = weight.shape
    if depth * groups != x.shape[1] or c_out % groups != 0:
        raise ValueError("channels, filters and groups do not fit together")
    x = F.pad(x, [padding] * 4)
    results = []
    for f in range(c_out):
        group = f // (c_out // groups)
        seen = x[:, group * depth : (group + 1) * depth]
        rows = []
        for top in range(0, x.shape[2] - dilation * (kh - 1), stride):
            row = []
            for left in range(0, x.shape[3] - dilation * (kw - 1), stride):
                bottom, right = top + dilation * (kh - 1) + 1, left + dilation * (kw - 1) + 1
                window = seen[:, :, top:bottom:dilation, left:right:dilation]
                row.append((window * weight[f]).sum(dim=(1, 2, 3)))
            rows.append(torch.stack(row, dim=1))
        results.append(torch.stack(rows, dim=1))
    return torch.stack(results, dim=1)
