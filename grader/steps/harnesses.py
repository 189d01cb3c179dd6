"""What is done with a function of the capstone so that its effect becomes a value to compare.

    steps        (model, optimizer, batches) -> losses, then the model's state and whether it trains
    evaluation   (model, loader) -> the result, then what the model saw and how it was left

The same harness wraps the student's function in the worker and the oracle outside. The values are
what the model holds; flags about modes are the worker's own words and can only cost points.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import torch
from torch import Tensor, nn

__all__ = ["HARNESSES", "inside"]

Batches = list[tuple[Tensor, Tensor]]


def _steps(train_step: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, optimizer: torch.optim.Optimizer, batches: Batches) -> Any:
        losses = [train_step(model, optimizer, images, labels) for images, labels in batches]
        return losses, _state(model)

    return run


def _modes(train_step: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, optimizer: torch.optim.Optimizer, batches: Batches) -> Any:
        model.eval()
        trained = _watch(model)
        for images, labels in batches:
            train_step(model, optimizer, images, labels)
        return [training for training, _ in trained]

    return run


def _evaluation(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        share = evaluate(model, loader)
        return share, _state(model)

    return run


def _evaluation_modes(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        seen = _watch(model)
        evaluate(model, loader)
        return any(training for training, _ in seen)

    return run


def _evaluation_gradients(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        seen = _watch(model)
        evaluate(model, loader)
        return any(gradients for _, gradients in seen)

    return run


def _mode_afterwards(evaluate: Callable[..., Any]) -> Callable[..., Any]:
    def run(model: nn.Module, loader: Batches, training: bool) -> Any:
        model.train(training)
        evaluate(model, loader)
        return model.training

    return run


def _watch(model: nn.Module) -> list[tuple[bool, bool]]:
    """(in train mode, gradients enabled) of each call of the model from now on."""
    seen: list[tuple[bool, bool]] = []

    def note(module: nn.Module, arguments: tuple[Any, ...]) -> None:
        seen.append((module.training, torch.is_grad_enabled()))

    model.register_forward_pre_hook(note)
    return seen


def _state(model: nn.Module) -> list[Tensor]:
    return [value.detach().clone() for value in model.state_dict().values()]


HARNESSES: Final[dict[str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = {
    "steps": _steps,
    "modes": _modes,
    "evaluation": _evaluation,
    "evaluation_modes": _evaluation_modes,
    "evaluation_gradients": _evaluation_gradients,
    "mode_afterwards": _mode_afterwards,
}


def inside(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` inside the harness of this name.

    Raises:
        KeyError: there is none.
    """
    return HARNESSES[name](function)
