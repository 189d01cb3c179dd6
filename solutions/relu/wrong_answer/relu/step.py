"""Your result matches a mask of zeros and ones. Check what positive elements become: they keep
their value.
"""

import torch


def relu(x):
    return torch.where(x.isnan(), x, (x > 0).to(x.dtype))
