# The ReLU activation
#
# One function that keeps what is positive.
# The statement (README.md) has the curve, an example and three things that go wrong.


import torch
from torch import Tensor

# Rectified linear unit


def relu(x: Tensor) -> Tensor:
    """Rectified linear unit: max(0, x) for each element on its own.

    The input is not changed. The result has the dtype of x. Gradients flow back to x.
    It works for any memory layout, for example after x.transpose(0, 1).

    Args:
        x: floating-point tensor of any shape.

    Returns:
        A new tensor of the same shape: 0 where x is below 0, x elsewhere.
        -inf becomes 0, inf stays inf, and very large numbers stay as they are. nan stays nan.

    Source:
        PyTorch documentation, torch.nn.ReLU.

    Example:
        >>> relu(torch.tensor([[1.5, -2.0], [-0.5, 4.0]]))
        tensor([[1.5000, 0.0000],
                [0.0000, 4.0000]])
    """
    raise NotImplementedError("Write your solution here.")
