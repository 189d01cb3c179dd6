"""Your result matches the right one, but the graph back to x is cut. Check for a detour through
numpy, lists, new tensors or a detached copy.
"""

import torch
from torch import Tensor


def log_softmax(x: Tensor, dim: int = -1) -> Tensor:
    shifted = x - x.amax(dim=dim, keepdim=True)
    return (shifted - shifted.exp().sum(dim=dim, keepdim=True).log()).detach()
