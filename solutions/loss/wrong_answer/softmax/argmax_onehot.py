"""Your result matches 1 at the largest score and 0 elsewhere. Check that smaller scores get their
share of the probability.
"""

import torch
from torch import Tensor


def softmax(x: Tensor, dim: int = -1) -> Tensor:
    places = torch.arange(x.shape[dim]).movedim(0, -1)
    winner = x.argmax(dim=dim, keepdim=True)
    return (places.reshape([-1 if a == dim % x.ndim else 1 for a in range(x.ndim)]) == winner).to(
        x.dtype
    )
