"""Your result matches a shift, then division by the largest number before it. Check that the range,
largest minus smallest, divides.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    low = weight.amin(dim=(1, 2, 3), keepdim=True)
    largest = weight.amax(dim=(1, 2, 3), keepdim=True)
    return (weight - low) / torch.where(largest == 0, 1.0, largest)
