"""Your result matches a sigmoid of the weights. Check that the range of each filter is stretched by
a straight line.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    return torch.sigmoid(weight)
