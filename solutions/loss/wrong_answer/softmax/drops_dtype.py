"""Your result matches float32 numbers for every input. Check that float64 scores give a float64
result.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return (powers / powers.sum(dim=dim, keepdim=True)).float()
