"""Recipes as authors write them: `recipe("linear", in_features=4, out_features=2)`."""

from __future__ import annotations

from collections.abc import Mapping

import torch

from grader.errors import FrameError
from grader.observe.builders import BUILDERS
from grader.observe.wire import to_wire
from grader.protocol import ArrayValue, Recipe

__all__ = ["recipe"]


def recipe(
    name: str, /, *, state: Mapping[str, torch.Tensor] | None = None, **arguments: object
) -> Recipe:
    """A model, optimiser, loader or torch function of ours that the worker builds by name.

    Args:
        name: one of the builders in `grader.observe.builders`.
        state: of a module, the parameters and buffers that it then takes, by name.
        arguments: what that builder takes: plain values, tensors and other recipes; `shared` and
            `seed` as described there.

    Raises:
        FrameError: no builder has this name, an argument cannot be sent, or an entry of the state
            is no tensor with plain data.

    Example:
        >>> model = recipe("linear", in_features=4, out_features=2, shared="model")
        >>> recipe("sgd", model=model, lr=0.1).name
        'sgd'
    """
    if name not in BUILDERS:
        raise FrameError(f"no recipe is called {name!r}; there are {', '.join(BUILDERS)}")
    return Recipe(
        name=name,
        arguments={key: to_wire(value) for key, value in arguments.items()},
        state=_arrays(state or {}),
    )


def _arrays(state: Mapping[str, torch.Tensor]) -> dict[str, ArrayValue]:
    arrays: dict[str, ArrayValue] = {}
    for name, tensor in state.items():
        array = to_wire(tensor)
        if not isinstance(array, ArrayValue):
            raise FrameError(f"the state {name!r} is no tensor that can be sent")
        arrays[name] = array
    return arrays
