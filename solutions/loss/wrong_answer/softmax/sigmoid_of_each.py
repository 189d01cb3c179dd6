"""Your result matches the sigmoid of each score on its own. Check that each row is divided by its
sum.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    return 1 / (1 + torch.exp(-x))
