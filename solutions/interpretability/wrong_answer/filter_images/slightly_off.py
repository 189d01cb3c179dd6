"""Your result matches a range with a small number added to it. Check that the largest number
becomes exactly 1.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return (weight - low) / (span + 1e-4)
