"""Your result matches division by 256. Check that white, grey level 255, becomes exactly 1."""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return img.to(torch.float32) / 256
