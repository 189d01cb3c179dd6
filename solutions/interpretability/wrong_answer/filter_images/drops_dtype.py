"""Your result matches the formula in float32 for every input. Check that float64 filters stay
float64.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return ((weight - low) / torch.where(span > 0, span, 1.0)).float()
