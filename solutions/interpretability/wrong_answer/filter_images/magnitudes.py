"""Your result matches the magnitudes of the filters. Check that negative weights become dark and
not bright.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    weight = weight.abs()
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return (weight - low) / torch.where(span > 0, span, 1.0)
