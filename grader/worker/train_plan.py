"""What a submission brings for training: its model and whatever else of the contract it has.

MnistCNN or build_model()      the model; one of the two must be there
make_optimizer(model)          default: Adam with lr 1e-3
EPOCHS, BATCH_SIZE             default: 1 and 64
preprocess(images)             default: nothing; in training and evaluation alike
criterion                      default: the negative log-likelihood, batch mean
train_step, train              its own step, or its own training as a whole

A function that is only called `train`, as in pytorch/examples, is none of the contract.
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from grader.observe import name_of_type, to_wire
from grader.protocol import Value
from grader.steps import adam, as_fractions
from grader.worker.loading import Loader
from grader.worker.train_doing import Doing
from grader.worker.train_layout import move_to_channels_last

__all__ = ["Plan", "make_plan"]

_VIEWS: dict[str, Callable[[Tensor], Tensor]] = {
    "": lambda images: images,
    "flat": lambda images: images.flatten(1),
    "without channel": lambda images: images.squeeze(1),
}
_VIEW_NOTES = {
    "flat": "Your model takes flattened images [N, 784], so they were flattened for it. "
    "Flatten inside `forward` (`images.flatten(1)`), and it takes images as they are.",
    "without channel": "Your model takes images [N, 28, 28], so their channel axis was removed. "
    "The contract gives [N, 1, 28, 28]: use `images.squeeze(1)` inside `forward`.",
}
_OTHER_TRAIN = (
    "Your `train` takes other arguments than (model, images, labels), so it was not used: your "
    "network was trained step by step."
)
_LARGEST = 1 << 40
_OF_OTHER_TRAININGS = ("args", "crit", "device", "epoch", "iter", "load", "loss", "optim")
_LAYOUT_NOTE = (
    "This course trains models in channels-last layout, which is faster. Yours does not work in "
    "it, so it was trained in torch's usual one. Often `view` is why: `flatten` and `reshape` work."
)


@dataclass(slots=True)
class Plan:
    """All that is needed to train and to evaluate."""

    model: nn.Module
    optimizer: Any
    criterion: Callable[[Tensor, Tensor], Any]
    preprocess: Callable[[Tensor], Tensor]
    own_step: Callable[..., Any] | None
    own_train: Callable[..., Any] | None
    epochs: Any
    batch_size: Any
    has: tuple[str, ...]
    view_name: str
    notes: tuple[str, ...]
    doing: Doing

    @property
    def is_countable(self) -> bool:
        """Whether EPOCHS and BATCH_SIZE are whole numbers from 1."""
        return all(type(n) is int and 1 <= n < _LARGEST for n in (self.epochs, self.batch_size))

    def view(self, images: Tensor) -> Tensor:
        """Images as the model takes them."""
        with self.doing.within("preprocess"):
            prepared = self.preprocess(images)
        return _VIEWS[self.view_name](prepared)

    def forward(self, images: Tensor) -> Tensor:
        """The model's outputs for images [N, 1, 28, 28] in [0, 1]."""
        seen = self.view(images)
        with self.doing.within("forward"):
            output: Tensor = self.model(seen)
        return output

    def step(self, images: Tensor, labels: Tensor) -> object:
        """One step of training; the loss before it."""
        if self.own_step is not None:
            seen = self.view(images)
            with self.doing.within("train_step"):
                return self.own_step(self.model, self.optimizer, seen, labels)
        self.optimizer.zero_grad(set_to_none=True)
        outputs = self.forward(images)
        with self.doing.within("criterion"):
            loss = self.criterion(outputs, labels)
        torch.autograd.backward(loss)
        self.optimizer.step()
        return loss.detach()

    def described(self) -> dict[Value, Value]:
        """For the grader; report only."""
        groups = getattr(self.optimizer, "param_groups", [{}])
        return {
            "parameters": [[n, list(p.shape)] for n, p in self.model.named_parameters()],
            "buffers": sum(b.numel() for b in self.model.buffers()),
            "epochs": to_wire(self.epochs),
            "batch_size": to_wire(self.batch_size),
            "has": list(self.has),
            "optimizer": name_of_type(self.optimizer),
            "rate": to_wire(groups[0].get("lr")) if groups else None,
            "own_train": self.own_train is not None,
            "optimized": sum(p.numel() for group in groups for p in group.get("params", ())),
        }


def make_plan(
    loader: Loader,
    device: torch.device,
    pixels: Tensor,
    doing: Doing,
    *,
    own_step: bool,
    by_scores: bool = False,
    channels_last: bool = False,
) -> Plan:
    """Build model and optimiser.

    Args:
        loader: has loaded what the submission has of the contract.
        device: where to train.
        pixels: one image or two, to see how the model takes them.
        doing: is told which of the submission's functions is called.
        own_step: whether to train with the submission's `train_step`.
        by_scores: take cross-entropy where there is no `criterion`: the outputs are raw scores.
        channels_last: train in that layout a model that works in it. Steps of the submission's
            own are taken in the usual one: whoever wrote them has never seen another.

    Raises:
        Exception: whatever the student's code raises, and errors of ours that say what is missing.
    """
    functions = loader.functions
    model = _model(loader).to(device)
    preprocess: Callable[[Tensor], Tensor] = functions.get("preprocess", lambda images: images)
    with doing.within("preprocess"):
        images = preprocess(as_fractions(pixels))
    with doing.within("forward"):
        view_name = _fitting_view(model, images)
    notes = [_VIEW_NOTES[view_name]] if view_name else []
    own_train = functions.get("train")
    if own_train is not None and not _takes_images_and_labels(own_train):
        own_train = None
        notes.append(_OTHER_TRAIN)
    is_movable = channels_last and not own_step and own_train is None
    if is_movable and not move_to_channels_last(model, _VIEWS[view_name](images)):
        notes.append(_LAYOUT_NOTE)
    parameters = list(model.parameters())
    if not any(parameter.requires_grad for parameter in parameters):
        raise ValueError("the model has no parameters to train; did you assign layers to self?")
    make = functions.get("make_optimizer")
    with doing.within("make_optimizer"):
        optimizer = make(model) if make is not None else adam(parameters)
    if not callable(getattr(optimizer, "step", None)):
        raise TypeError(
            f"make_optimizer(model) returned {name_of_type(optimizer)}, wanted an optimiser"
        )
    return Plan(
        model=model,
        optimizer=optimizer,
        criterion=_criterion(functions.get("criterion"), by_scores=by_scores),
        preprocess=preprocess,
        own_step=functions["train_step"] if own_step else None,
        own_train=own_train,
        epochs=_whole(loader.values.get("EPOCHS", 1)),
        batch_size=_whole(loader.values.get("BATCH_SIZE", 64)),
        has=tuple(sorted({*functions, *loader.values})),
        view_name=view_name,
        notes=tuple(notes),
        doing=doing,
    )


def _model(loader: Loader) -> nn.Module:
    make = loader.functions.get("build_model") or loader.functions.get("MnistCNN")
    if make is None:
        raise NameError("there is neither `MnistCNN` nor `build_model`")
    model = make()
    if not isinstance(model, nn.Module):
        raise TypeError(f"the model is {name_of_type(model)}, wanted a torch.nn.Module")
    return model


def _takes_images_and_labels(train: Callable[..., Any]) -> bool:
    """Whether it can be called with (model, images, labels), and names nothing else so."""
    try:
        signature = inspect.signature(train)
        signature.bind(None, None, None)
    except (TypeError, ValueError):
        return False
    names = [name.lower() for name in list(signature.parameters)[:3]]
    return not any(word in name for name in names for word in _OF_OTHER_TRAININGS)


def _whole(value: Any) -> Any:
    """1.0 and numpy's integers as the whole numbers that they are; all else as it is."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < _LARGEST else value
    try:
        return value if isinstance(value, bool) else operator.index(value)
    except TypeError:
        return value


def _criterion(given: Any, *, by_scores: bool) -> Callable[[Tensor, Tensor], Any]:
    if given is None:
        return functional.cross_entropy if by_scores else functional.nll_loss
    if isinstance(given, type):
        given = given()
    criterion: Callable[[Tensor, Tensor], Any] = given
    return criterion


def _fitting_view(model: nn.Module, images: Tensor) -> str:
    """How the model wants its images: as they are, or else in a shape that it can take."""
    model.eval()
    first: Exception | None = None
    for name, view in _VIEWS.items():
        try:
            with torch.no_grad():
                output = model(view(images))
        except (RuntimeError, ValueError, IndexError, TypeError) as error:
            first = first or error
            continue
        if name and not (isinstance(output, Tensor) and len(output) == len(images)):
            continue
        return name
    assert first is not None
    raise first
