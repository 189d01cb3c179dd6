"""Your result matches scores compared by magnitude. Check that a negative score is smaller
than 0.
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    scores = scores.abs()
    own = scores.gather(1, y[:, None])
    larger = (scores > own).sum(dim=1)
    return (larger >= k).double().mean().item()
