"""Your result matches the formula, but the model's filters change too. Check for operations that
end in an underscore or assign into weight.
"""

import torch
from torch import Tensor


def filter_images(weight: Tensor) -> Tensor:
    axes = (1, 2, 3)
    weight -= weight.amin(dim=axes, keepdim=True)
    span = weight.amax(dim=axes, keepdim=True)
    return weight / torch.where(span > 0, span, 1.0)
