"""What the hidden tests compare with: sizes read off torch's own layers, no formula of ours."""

import warnings

import torch
import torch.nn.functional as F


def conv_out(size, kernel_size, stride=1, padding=0, dilation=1):
    """The width that F.conv1d gives a row of zeros."""
    row, kernel = torch.zeros(1, 1, size), torch.zeros(1, 1, kernel_size)
    return F.conv1d(row, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1]


def pool_out(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """The width that F.max_pool1d gives a row of zeros."""
    row = torch.zeros(1, 1, size)
    return F.max_pool1d(row, kernel_size, stride, padding, dilation, ceil_mode).shape[-1]


def same_padding(kernel_size, dilation=1):
    """Where padding='same' puts a single bright pixel tells how far it shifted the row.

    A kernel whose first tap alone is 1 copies the pixel from `at` to `at + left`. Torch warns once
    that an even kernel costs a copy, which is of no interest here.
    """
    total = dilation * (kernel_size - 1)
    at, width = total, 3 * total + 1
    row = torch.zeros(1, 1, width)
    row[0, 0, at] = 1.0
    kernel = torch.zeros(1, 1, kernel_size)
    kernel[0, 0, 0] = 1.0
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Using padding='same'")
        moved = F.conv1d(row, kernel, padding="same", dilation=dilation)
    left = int(moved.argmax()) - at
    return left, total - left
