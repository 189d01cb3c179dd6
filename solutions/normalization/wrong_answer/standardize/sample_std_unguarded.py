"""Your result matches division by x.std(), the sample standard deviation, and nan for a constant
image. Check that the sum of squares is divided by n, and what happens when s is 0.
"""

from torch import Tensor


def checked(x: Tensor) -> Tensor:
    if x.numel() == 0:
        raise ValueError("the image is empty")
    return x


def standardize(x: Tensor) -> Tensor:
    return (checked(x) - x.mean()) / x.std()
