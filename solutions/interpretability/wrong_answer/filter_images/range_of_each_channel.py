"""Your result matches a range of its own for each channel. Check that the smallest and largest
number are taken over the whole filter.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return (weight - low) / torch.where(span > 0, span, 1.0)
