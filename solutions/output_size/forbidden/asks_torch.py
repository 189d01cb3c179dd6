"""Forbidden: lets torch's own layers count, instead of counting."""

import torch
import torch.nn.functional as F
from torch import nn


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    layer = nn.Conv1d(1, 1, kernel_size, stride=stride, padding=padding, dilation=dilation)
    return layer(torch.zeros(1, 1, size)).shape[-1]


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    row = torch.zeros(1, 1, size)
    return F.max_pool1d(row, kernel_size, stride, padding, dilation, ceil_mode).shape[-1]


def same_padding(kernel_size, dilation=1):
    layer = nn.Conv1d(1, 1, kernel_size, padding="same", dilation=dilation)
    return tuple(layer._reversed_padding_repeated_twice)
