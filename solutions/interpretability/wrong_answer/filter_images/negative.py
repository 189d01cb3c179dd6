"""Your result matches the negative of each image. Check that the smallest number becomes 0 and the
largest 1.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return torch.where(span > 0, 1 - (weight - low) / torch.where(span > 0, span, 1.0), 0.0)
