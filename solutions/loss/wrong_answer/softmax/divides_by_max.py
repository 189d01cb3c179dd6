"""Your result matches exponentials of scores divided by the largest one. Check that the largest
score is subtracted.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x / x.amax(dim=dim, keepdim=True))
    return powers / powers.sum(dim=dim, keepdim=True)
