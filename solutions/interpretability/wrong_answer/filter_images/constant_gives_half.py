"""Your result matches the formula, but a constant filter becomes grey. Check that it becomes 0."""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    low = weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True) - low
    return torch.where(span > 0, (weight - low) / torch.where(span > 0, span, 1.0), 0.5)
