"""Your result matches one range for all filters together. Check that each filter has its own
smallest and largest number.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    low = weight.min()
    span = weight.max() - low
    return (weight - low) / torch.where(span > 0, span, 1.0)
