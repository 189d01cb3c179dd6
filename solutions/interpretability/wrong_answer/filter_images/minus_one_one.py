"""Your result matches a range from -1 to 1. Check that the smallest number becomes 0."""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return 2 * (weight - low) / torch.where(span > 0, span, 1.0) - (span > 0).to(weight.dtype)
