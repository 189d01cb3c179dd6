"""What is done with a function so that its effect becomes a value to compare.

    steps                  (model, optimizer, batches, training) -> losses, the model's state
    evaluation             (model, loader, training) -> the result, the model's state
    evaluation_gradients   (model, loader, training) -> whether gradients were on in forward
    mode_afterwards        (model, loader, training) -> whether the model trains afterwards
    hooks_afterwards       (model, ...) -> how many forward hooks the model has afterwards
    state_afterwards       (model, ...) -> the parameters and buffers that the model has afterwards
    gradients_afterwards   (model, ...) -> the .grad of each parameter afterwards, or None; before,
                           every second one is a tensor of ones, and the others are None
    generators_afterwards  (...) -> whether the global generators of torch, random and numpy are
                           where they were

`training` is the mode that the model is in before. The same harness wraps the student's function
in the worker and the oracle outside. Those in REPORTS are the worker's own words: they can cost
points, and a pass of theirs is worth something only with the values of the others.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn

__all__ = ["HARNESSES", "REPORTS", "inside"]

Batches = list[tuple[Tensor, Tensor]]


def _steps(train_step: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, optimizer: Any, batches: Batches, training: bool) -> Any:
        model.train(training)
        losses = [train_step(model, optimizer, images, labels) for images, labels in batches]
        return losses, _state(model)

    return run


def _evaluation(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        share = evaluate(model, loader)
        return share, _state(model)

    return run


def _evaluation_gradients(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        seen: list[bool] = []
        model.register_forward_pre_hook(lambda *_: seen.append(torch.is_grad_enabled()))
        evaluate(model, loader)
        return any(seen)

    return run


def _mode_afterwards(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        evaluate(model, loader)
        return model.training

    return run


def _hooks_afterwards(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, *arguments: Any, **options: Any) -> Any:
        function(model, *arguments, **options)
        return sum(len(module._forward_hooks) for module in model.modules())

    return run


def _state_afterwards(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, *arguments: Any, **options: Any) -> Any:
        function(model, *arguments, **options)
        return _state(model)

    return run


def _gradients_afterwards(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, *arguments: Any, **options: Any) -> Any:
        for parameter in list(model.parameters())[1::2]:
            parameter.grad = torch.ones_like(parameter)
        function(model, *arguments, **options)
        return [None if p.grad is None else p.grad.clone() for p in model.parameters()]

    return run


def _generators_afterwards(function: Callable[..., Any]) -> Callable[..., Any]:
    def run(*arguments: Any, **options: Any) -> Any:
        before = _generators()
        function(*arguments, **options)
        return [one == other for one, other in zip(before, _generators(), strict=True)]

    return run


def _generators() -> list[object]:
    name, words, *place = np.random.get_state(legacy=True)
    numpy_state = (str(name), np.asarray(words).tobytes(), *place)
    return [torch.get_rng_state().numpy().tobytes(), random.getstate(), numpy_state]


def _state(model: nn.Module) -> list[Tensor]:
    return [value.detach().clone() for value in model.state_dict().values()]


HARNESSES: Final[dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {
    "steps": _steps,
    "evaluation": _evaluation,
    "evaluation_gradients": _evaluation_gradients,
    "mode_afterwards": _mode_afterwards,
    "hooks_afterwards": _hooks_afterwards,
    "state_afterwards": _state_afterwards,
    "gradients_afterwards": _gradients_afterwards,
    "generators_afterwards": _generators_afterwards,
}
REPORTS: Final = frozenset(HARNESSES) - {"steps", "evaluation"}


def inside(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` inside the harness of this name.

    Raises:
        KeyError: there is none.
    """
    return HARNESSES[name](function)
