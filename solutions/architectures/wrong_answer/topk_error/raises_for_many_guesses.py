"""Your result matches a limit of k at the number of classes. Check that more guesses than classes
are allowed and miss nothing.
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    if k > scores.shape[1]:
        raise ValueError("k is larger than the number of classes")
    own = scores.gather(1, y[:, None])
    return ((scores > own).sum(dim=1) >= k).double().mean().item()
