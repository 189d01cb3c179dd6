"""Your result matches a range taken across the filters. Check that axis 0 counts the filters and is
kept.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = 0
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return (weight - low) / torch.where(span > 0, span, 1.0)
