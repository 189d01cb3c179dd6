"""Forbidden: F.unfold makes the windows, behind a name of its own."""

import torch
from torch.nn import functional

make_windows = functional.unfold


def conv2d(x, weight, bias=None, stride=1, padding=0):
    filters, _, kh, kw = weight.shape
    patches = make_windows(x, (kh, kw), stride=stride, padding=padding)
    ph, _ = (padding, padding) if isinstance(padding, int) else padding
    sh, _ = (stride, stride) if isinstance(stride, int) else stride
    rows = (x.shape[2] + 2 * ph - kh) // sh + 1
    result = torch.matmul(weight.reshape(filters, -1), patches)
    if bias is not None:
        result = result + bias[:, None]
    return result.reshape(x.shape[0], filters, rows, -1)


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups or out_channels % groups:
        raise ValueError("groups do not divide the channels")
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    return out_channels * (in_channels // groups) * kh * kw + bias * out_channels
