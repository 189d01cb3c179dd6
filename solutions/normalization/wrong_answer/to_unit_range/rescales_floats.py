"""Your result matches division by 255 for float images too. Check the dtype first: a float image
already holds fractions.
"""

import torch
from torch import Tensor


def to_unit_range(img: Tensor) -> Tensor:
    return img / 255
