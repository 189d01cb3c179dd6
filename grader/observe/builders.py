"""The closed list of objects that a Recipe can name, and how each is built from plain values.

    linear, conv2d, batch_norm2d, max_pool2d, avg_pool2d, dropout, flatten,
    relu, leaky_relu, sigmoid, tanh, log_softmax
                                      layers, with the arguments of torch.nn's own
    sequential                        layers [recipe, ...]
    residual                          body, and a shortcut or None: relu(body(x) + shortcut(x))
    sgd, adam                         model, and the options of torch.optim's own
    batches                           images, labels, batch_size: a list of (images, labels)
    torch_function                    function: a name of TORCH_FUNCTIONS
    stand_in                          function: a name of STAND_INS

Two arguments mean the same for all: `shared` (a name: recipes of one call with the same name are
one object) and `seed` (of the initial weights where no state is given; 0 by default). So a recipe
gives the same object on both sides, and building one leaves the global generators alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import torch
from torch import nn

from grader.errors import FrameError
from grader.observe.stand_ins import STAND_INS
from grader.protocol import Recipe, Value

__all__ = ["BUILDERS", "TORCH_FUNCTIONS", "build"]

Read = Callable[[Value], Any]

TORCH_FUNCTIONS: Final[dict[str, Callable[..., Any]]] = {
    name: getattr(nn.functional, name)
    for name in (
        "avg_pool2d",
        "conv2d",
        "cross_entropy",
        "elu",
        "gelu",
        "leaky_relu",
        "log_softmax",
        "max_pool2d",
        "mse_loss",
        "nll_loss",
        "pad",
        "relu",
        "sigmoid",
        "silu",
        "softmax",
        "tanh",
    )
}


def _sequential(*, layers: list[nn.Module]) -> nn.Module:
    return nn.Sequential(*layers)


class _Residual(nn.Module):
    """What goes through `body` is added to what goes round it."""

    def __init__(self, *, body: nn.Module, shortcut: nn.Module | None = None) -> None:
        super().__init__()
        self.body = body
        self.shortcut = shortcut
        self.relu = nn.ReLU()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        through = self.body(x)
        around = x if self.shortcut is None else self.shortcut(x)
        out: torch.Tensor = self.relu(through + around)
        return out


def _sgd(*, model: nn.Module, **options: Any) -> torch.optim.Optimizer:
    return torch.optim.SGD(model.parameters(), **options)


def _adam(*, model: nn.Module, **options: Any) -> torch.optim.Optimizer:
    return torch.optim.Adam(model.parameters(), **options)


def _batches(
    *, images: torch.Tensor, labels: torch.Tensor, batch_size: int
) -> list[tuple[torch.Tensor, torch.Tensor]]:
    return list(zip(torch.split(images, batch_size), torch.split(labels, batch_size), strict=True))


def _stand_in(*, function: str) -> Callable[..., Any]:
    return STAND_INS[function]


def _torch_function(*, function: str) -> Callable[..., Any]:
    return TORCH_FUNCTIONS[function]


BUILDERS: Final[dict[str, Callable[..., Any]]] = {
    "linear": nn.Linear,
    "conv2d": nn.Conv2d,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "log_softmax": nn.LogSoftmax,
    "max_pool2d": nn.MaxPool2d,
    "avg_pool2d": nn.AvgPool2d,
    "batch_norm2d": nn.BatchNorm2d,
    "dropout": nn.Dropout,
    "flatten": nn.Flatten,
    "sequential": _sequential,
    "residual": _Residual,
    "sgd": _sgd,
    "adam": _adam,
    "batches": _batches,
    "torch_function": _torch_function,
    "stand_in": _stand_in,
}


def build(recipe: Recipe, read: Read) -> object:
    """The object that the recipe describes; `read` makes its arguments live.

    Raises:
        FrameError: no such builder, or it refuses the arguments or the state.
    """
    builder = BUILDERS.get(recipe.name)
    if builder is None:
        raise FrameError(f"no recipe is called {recipe.name!r}; there are {', '.join(BUILDERS)}")
    own = {k: v for k, v in recipe.arguments.items() if k not in ("shared", "seed")}
    arguments = {name: read(value) for name, value in own.items()}
    seed = recipe.arguments.get("seed", 0)
    try:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed if isinstance(seed, int) else 0)
            built: object = builder(**arguments)
        if recipe.state:
            _load(built, {name: read(array) for name, array in recipe.state.items()})
    except (TypeError, ValueError, RuntimeError, KeyError, AttributeError) as error:
        raise FrameError(f"the recipe {recipe.name!r} cannot be built: {error}") from None
    return built


def _load(built: object, state: dict[str, torch.Tensor]) -> None:
    if not isinstance(built, nn.Module):
        raise TypeError("only modules take a state")
    built.load_state_dict(state)
