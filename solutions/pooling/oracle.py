"""What the hidden tests compare with: torch's own pooling."""

import torch.nn.functional as F


def max_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False):
    """F.max_pool2d."""
    return F.max_pool2d(x, kernel_size, stride, padding, ceil_mode=ceil_mode)


def avg_pool2d(x, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    """F.avg_pool2d."""
    return F.avg_pool2d(x, kernel_size, stride, padding, ceil_mode, count_include_pad)
