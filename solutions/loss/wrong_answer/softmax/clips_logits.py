"""Your result matches scores cut off at -50 and 50. Check that overflow is avoided by a shift and
not by a limit.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x.clamp(-50, 50))
    return powers / powers.sum(dim=dim, keepdim=True)
