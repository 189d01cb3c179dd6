"""Your result matches filters whose smallest number was subtracted. Check that the range is divided
by too.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    return weight - weight.amin(dim=(1, 2, 3), keepdim=True)
