# %% [markdown]
# # Halves

# %%
import torch
from torch import Tensor, nn


# %%
def half(x: Tensor, times: int = 1) -> Tensor:
    """Half of x, `times` over.

    A negative `times` is an error. The dtype is kept. The input is not changed.

    Raises:
        ValueError: `times` is negative.
    """
    # BEGIN SOLUTION
    if times < 0:
        raise ValueError("times is negative")
    return x * 0.5**times
    # END SOLUTION


# %%
def apply(model: nn.Module, x: Tensor) -> Tensor:
    """What the model makes of x, in eval mode."""
    # BEGIN SOLUTION
    model.eval()
    return model(x)
    # END SOLUTION


# %%
def make_layer(n: int) -> nn.Module:
    """A layer that adds n to its input, and counts in `calls` how often it was used."""

    # BEGIN SOLUTION
    class Adder(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.calls = 0

        def forward(self, x: Tensor) -> Tensor:
            self.calls += 1
            return x + n

    return Adder()
    # END SOLUTION
