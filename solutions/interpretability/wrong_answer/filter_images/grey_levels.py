"""Your result matches a range from 0 to 255. Check that the largest number becomes 1."""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return 255 * (weight - low) / torch.where(span > 0, span, 1.0)
