"""Your result matches fractions computed in half precision. Check that the image is converted to
float32 before the division.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return (img.to(torch.float16) / 255).to(torch.float32)
