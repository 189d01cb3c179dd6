"""Time limit exceeded: conv_params counts groups in a loop that never ends; conv2d is right."""

import torch
import torch.nn.functional as F


def conv2d(x, weight, bias=None, stride=1, padding=0):
    sh, sw = (stride, stride) if isinstance(stride, int) else stride
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels do not match")
    windows = (
        F.pad(x, (pw, pw, ph, ph)).unfold(2, weight.shape[2], sh).unfold(3, weight.shape[3], sw)
    )
    result = torch.einsum("ncijrs,fcrs->nfij", windows, weight)
    return result if bias is None else result + bias[:, None, None]


def conv_params(in_channels, out_channels, kernel_size, bias=True, groups=1):
    if in_channels % groups or out_channels % groups:
        raise ValueError("groups do not divide the channels")
    kh, kw = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    seen, left = 0, in_channels
    while left > 0:
        seen += 1
        left -= groups if groups == 1 else 0
    return out_channels * seen * kh * kw + bias * out_channels
