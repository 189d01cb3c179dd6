"""Your result matches a stretch from the darkest to the brightest pixel. Check that only the
constant 255 is divided by and nothing is subtracted.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    if img.is_floating_point():
        return img
    img = img.to(torch.float32)
    return (img - img.min()) / (img.max() - img.min())
