"""Your result matches the number of missed samples divided by the number of classes. Check that it
is divided by the number of samples.
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    larger = (scores > own).sum(dim=1)
    return (larger >= k).sum().item() / scores.shape[1]
