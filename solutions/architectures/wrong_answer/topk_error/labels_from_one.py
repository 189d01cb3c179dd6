"""Your result matches labels counted from 1. Check that label 0 is the first column."""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, (y[:, None] - 1) % scores.shape[1])
    larger = (scores > own).sum(dim=1)
    return (larger >= k).double().mean().item()
