"""Your result matches division by x.std(), the sample standard deviation, which is nan for one
pixel. Check that the sum of squares is divided by n, not n - 1.
"""

from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    return (checked(x) - x.mean()) / (x.std() + 1e-8)
