"""Recipes as authors write them: `recipe("linear", in_features=4, out_features=2)`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import torch

from grader.errors import FrameError
from grader.observe.builders import BUILDERS
from grader.observe.wire import to_wire
from grader.protocol import ArrayValue, Recipe

__all__ = ["recipe", "with_state"]


def recipe(name: str, /, **arguments: object) -> Recipe:
    """A model, optimiser, loader or torch function of ours that the worker builds by name.

    Args:
        name: one of the builders in `grader.observe.builders`.
        arguments: what that builder takes: plain values, tensors and other recipes; `shared` and
            `seed` as described there.

    Raises:
        FrameError: no builder has this name, or an argument cannot be sent.

    Example:
        >>> model = recipe("linear", in_features=4, out_features=2, shared="model")
        >>> recipe("sgd", model=model, lr=0.1).name
        'sgd'
    """
    if name not in BUILDERS:
        raise FrameError(f"no recipe is called {name!r}; there are {', '.join(BUILDERS)}")
    return Recipe(name=name, arguments={key: to_wire(value) for key, value in arguments.items()})


def with_state(plan: Recipe, state: Mapping[str, torch.Tensor]) -> Recipe:
    """The same recipe, whose module then takes these parameters and buffers.

    Raises:
        FrameError: an entry is no tensor with plain data.
    """
    arrays: dict[str, ArrayValue] = {}
    for name, tensor in state.items():
        array = to_wire(tensor)
        if not isinstance(array, ArrayValue):
            raise FrameError(f"the state {name!r} is no tensor that can be sent")
        arrays[name] = array
    return replace(plan, state=arrays)
