"""Your result matches division by the brightest pixel of the image itself. Check that a dim image
stays dim.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    return img.to(torch.float32) / img.max()
