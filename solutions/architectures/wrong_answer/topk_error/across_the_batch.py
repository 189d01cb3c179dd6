"""Your result matches scores compared with those of the other samples. Check that the classes of
one sample are compared.
"""

from torch import Tensor


def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    if k < 1:
        raise ValueError("k is 1 or more")
    own = scores.gather(1, y[:, None])[:, 0]
    larger = (own[None, :] > own[:, None]).sum(dim=1)
    return (larger >= k).double().mean().item()
