"""Your result matches an error of 1 where k is below 1. Check k first and raise an error."""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    own = scores.gather(1, y[:, None])
    return ((scores > own).sum(dim=1) >= k).double().mean().item()
