"""Your result matches per cent. Check that a fraction from 0 to 1 is returned."""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])
    larger = (scores > own).sum(dim=1)
    return 100 * (larger >= k).double().mean().item()
