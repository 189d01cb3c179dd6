"""Your result matches the right fractions to about four digits. Check that the factor is 1 / 255
itself and not a rounded number.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return img.to(torch.float32) * 0.003922
