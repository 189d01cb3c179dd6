"""Your result matches filters cut off at 0 and 1. Check that they are stretched to fill
that range.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    return weight.clamp(0, 1)
