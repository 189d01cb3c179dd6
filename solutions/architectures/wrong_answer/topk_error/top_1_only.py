"""Your result matches a single guess in each call. Check that k is used."""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    larger = (scores > own).sum(dim=1)
    return (larger >= 1).double().mean().item()
