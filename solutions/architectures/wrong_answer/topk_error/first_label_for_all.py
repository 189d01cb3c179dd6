"""Your result matches the first label for all samples. Check that row n is compared with its own
label y[n].
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores[:, y[:1]]
    larger = (scores > own).sum(dim=1)
    return (larger >= k).double().mean().item()
