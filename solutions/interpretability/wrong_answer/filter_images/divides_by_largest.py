"""Your result matches division by the largest number. Check that the smallest one is subtracted
first.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    largest = weight.amax(dim=(1, 2, 3), keepdim=True)
    return weight / torch.where(largest == 0, 1.0, largest)
