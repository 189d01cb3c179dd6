"""Your result matches scores compared with the label's number. Check that they are compared with
the score in the label's column.
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = y[:, None].to(scores.dtype)
    larger = (scores > own).sum(dim=1)
    return (larger >= k).double().mean().item()
