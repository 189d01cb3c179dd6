"""Your result matches filters with mean 0 and standard deviation 1. Check that smallest and largest
number are used.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    std, mean = torch.std_mean(weight, dim=(1, 2, 3), keepdim=True, correction=0)
    return (weight - mean) / torch.where(std > 0, std, 1.0)
