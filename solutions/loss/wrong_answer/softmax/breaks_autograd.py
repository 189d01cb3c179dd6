"""Your result matches the right one, but the graph back to x is cut. Check for a detour through
numpy, lists, new tensors or a detached copy.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    powers = torch.exp(x - x.amax(dim=dim, keepdim=True))
    return (powers / powers.sum(dim=dim, keepdim=True)).detach()
