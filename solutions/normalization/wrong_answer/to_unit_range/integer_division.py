"""Your result matches whole-number division, where all levels below 255 become 0. Check that the
division keeps its fraction.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return (img // 255).to(torch.float32)
