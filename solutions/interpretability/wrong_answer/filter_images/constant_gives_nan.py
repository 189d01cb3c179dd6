"""Your result matches the formula, but a constant filter gives nan. Check what happens when the
range is 0.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return (weight - low) / span
