"""Forbidden: torch's own pooling, once as a function and once as a layer."""

import torch.nn.functional as F
from torch import nn


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    return F.max_pool2d(x, kernel_size, stride, padding, ceil_mode=ceil_mode)


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    layer = nn.AvgPool2d(kernel_size, stride, padding, ceil_mode, count_include_pad)
    return layer(x)
