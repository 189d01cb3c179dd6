"""Your result matches division by 100. Check which number is the largest grey level of a uint8
image.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return img.to(torch.float32) / 100
