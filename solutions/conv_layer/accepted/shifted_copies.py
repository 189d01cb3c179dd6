"""Accepted: one strided copy of the image for each tap of the kernel, each mixed by a matrix."""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    padded = F.pad(x, (padding[1], padding[1], padding[0], padding[0]))
    kh, kw = weight.shape[2:]
    spare_rows, spare_columns = padded.shape[2] - kh, padded.shape[3] - kw
    if x.size(1) != weight.size(1) or spare_rows < 0 or spare_columns < 0:
        raise ValueError("x and weight do not fit")
    total = 0
    for r in range(kh):
        for s in range(kw):
            tap = padded[
                :, :, r : r + spare_rows + 1 : stride[0], s : s + spare_columns + 1 : stride[1]
            ]
            total = total + torch.tensordot(tap, weight[:, :, r, s], dims=([1], [1]))
    if bias is not None:
        total = total + bias
    return total.movedim(-1, 1)


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups or out_channels % groups:
        raise ValueError("groups do not divide the channels")
    kh, kw = kernel_size if isinstance(kernel_size, tuple) else (kernel_size, kernel_size)
    weight = torch.empty((out_channels, in_channels // groups, kh, kw), device="meta")
    return weight.numel() + (out_channels if bias else 0)
