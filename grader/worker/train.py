"""The operation `train`: one action a request, so that the grader stays in charge.

    action      arguments                                     reply
    data        pixels, labels, public_pixels, public_labels  None
                device
    build       seed, own_step, by_scores, layout,            what the submission brings: see Plan
                most_images, by_onednn
    outputs     pixels, batch_size, training                  tensor [N, classes]
    loss        pixels, labels                                {outputs, loss} of one step
    steps       count                                         {losses, steps, steps_per_epoch, done}
    own_train                                                 None
    parameters                                                {name: tensor}
    trace       pixels                                        see train_trace
    inspect     pixels, labels                                see train_inspect
    doing                                                     which function raised, or ""
    stand_ins                                                 notes on those that were used so far

`data` comes before the operation `load`, all else after it. Labels of held-out images never come
here, and nothing that is said here is evidence but the outputs themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

import torch
from torch import Tensor, nn

from grader.observe import from_wire, to_wire
from grader.protocol import Value
from grader.steps import Loop, as_fractions, batched_outputs
from grader.worker.loading import Loader
from grader.worker.reset import reset
from grader.worker.train_doing import Doing
from grader.worker.train_inspect import inspect
from grader.worker.train_plan import Plan, make_plan
from grader.worker.train_pooling import faster_pooling
from grader.worker.train_products import by_onednn, is_worth_it
from grader.worker.train_surroundings import Surroundings
from grader.worker.train_trace import trace

__all__ = ["Trainer"]

_Arguments = Mapping[str, Value]


class Trainer:
    """One model of one submission, from its making to its last diagnosis."""

    def __init__(self) -> None:
        self._device = torch.device("cpu")
        self._pixels = torch.empty(0)
        self._labels = torch.empty(0)
        self._surroundings: Surroundings | None = None
        self._plan: Plan | None = None
        self._loop: Loop | None = None
        self._doing = Doing()
        self._products: Any = None
        self._pooling: Any = None
        self._actions: dict[str, Callable[[_Arguments, Loader], Value]] = {
            "data": self._data,
            "build": self._build,
            "outputs": self._outputs,
            "loss": self._loss,
            "steps": self._steps,
            "own_train": self._own_train,
            "parameters": self._parameters,
            "trace": self._trace,
            "inspect": self._inspect,
            "doing": lambda arguments, loader: self._doing.what,
            "stand_ins": self._stand_ins,
        }

    def answer(self, arguments: _Arguments, loader: Loader | None) -> Value:
        """Carry out one action; raises whatever the student's code raises."""
        action = arguments.get("action")
        if not isinstance(action, str) or action not in self._actions:
            raise ValueError(f"there is no training action {action!r}")
        if loader is None and action != "data":
            raise RuntimeError("nothing was loaded")
        if action != "doing":
            self._doing.what = ""
        return self._actions[action](arguments, cast("Loader", loader))

    def _data(self, arguments: _Arguments, loader: Loader) -> Value:
        self._device = torch.device(str(arguments.get("device", "cpu")))
        self._pixels = _tensor(arguments, "pixels").to(self._device)
        self._labels = _tensor(arguments, "labels").to(self._device)
        public = _tensor(arguments, "public_pixels"), _tensor(arguments, "public_labels")
        self._surroundings = Surroundings((self._pixels, self._labels), public, self._device)
        self._surroundings.install()
        reset(0)  # a model may be made while the submission is loaded
        return None

    def _build(self, arguments: _Arguments, loader: Loader) -> Value:
        seed = int(cast("int", arguments["seed"]))
        reset(seed)
        own_step = arguments.get("own_step") is True
        plan = make_plan(
            loader,
            self._device,
            self._pixels[:2],
            self._doing,
            own_step=own_step,
            by_scores=arguments.get("by_scores") is True,
            channels_last=arguments.get("layout") == "channels-last",
        )
        self._plan, self._loop = plan, None
        self._pooling = self._pooling or faster_pooling()
        if arguments.get("by_onednn") is True and is_worth_it(plan.model):
            self._products = self._products or by_onednn()
        most = int(cast("int", arguments.get("most_images", len(self._labels))))  # in one batch
        if plan.is_countable:
            self._loop = Loop(
                self._pixels,
                self._labels,
                plan.step,
                batch_size=min(plan.batch_size, most, len(self._labels)),
                epochs=plan.epochs,
                seed=seed,
            )
        reset(seed)  # what follows draws the same, however much making the model has drawn
        return {**plan.described(), "notes": list(plan.notes)}

    def _outputs(self, arguments: _Arguments, loader: Loader) -> Value:
        plan = self._ready()
        pixels = _tensor(arguments, "pixels").to(self._device)
        plan.model.train(arguments.get("training") is True)
        size = int(cast("int", arguments["batch_size"]))
        outputs = batched_outputs(plan.forward, pixels, size)
        return to_wire(_joined(outputs, len(pixels), size))

    def _loss(self, arguments: _Arguments, loader: Loader) -> Value:
        """Takes a step, so that the submission's own one can be asked: build again afterwards."""
        plan = self._ready()
        plan.model.train()
        images = as_fractions(_tensor(arguments, "pixels").to(self._device))
        labels = _tensor(arguments, "labels").to(self._device)
        generator = torch.random.get_rng_state()
        with torch.no_grad():
            outputs = plan.forward(images)
        torch.random.set_rng_state(generator)  # the same dropout as above
        return {"outputs": to_wire(outputs), "loss": _number(plan.step(images, labels))}

    def _steps(self, arguments: _Arguments, loader: Loader) -> Value:
        plan, loop = self._ready(), self._loop
        if loop is None:
            raise ValueError("EPOCHS and BATCH_SIZE must be whole numbers from 1")
        plan.model.train()
        losses = loop.run(int(cast("int", arguments["count"])))
        numbers = torch.tensor([_number(loss) for loss in losses], dtype=torch.float64)
        return {
            "losses": to_wire(numbers),
            "steps": loop.steps_done,
            "steps_per_epoch": loop.steps_per_epoch,
            "done": loop.is_done,
        }

    def _own_train(self, arguments: _Arguments, loader: Loader) -> Value:
        plan = self._ready()
        images = plan.view(as_fractions(self._pixels))
        plan.model.train()
        if plan.own_train is None:
            raise NameError("there is no `train(model, images, labels)`")
        returned = plan.own_train(plan.model, images, self._labels)
        first = returned[0] if isinstance(returned, tuple) and returned else returned
        if isinstance(first, nn.Module):  # alone, or with its losses behind it
            plan.model = first.to(self._device)
        return None

    def _parameters(self, arguments: _Arguments, loader: Loader) -> Value:
        named = self._ready().model.named_parameters()
        return {name: to_wire(parameter.detach()) for name, parameter in named}

    def _trace(self, arguments: _Arguments, loader: Loader) -> Value:
        return trace(self._ready(), as_fractions(_tensor(arguments, "pixels").to(self._device)))

    def _inspect(self, arguments: _Arguments, loader: Loader) -> Value:
        pixels = _tensor(arguments, "pixels").to(self._device)
        labels = _tensor(arguments, "labels").to(self._device)
        return inspect(self._ready(), as_fractions(pixels), labels)

    def _stand_ins(self, arguments: _Arguments, loader: Loader) -> Value:
        return list(self._surroundings.notes) if self._surroundings is not None else []

    def _ready(self) -> Plan:
        if self._plan is None:
            raise RuntimeError("no model was built")
        return self._plan


def _tensor(arguments: _Arguments, name: str) -> Tensor:
    value: Any = from_wire(arguments.get(name))
    if not isinstance(value, Tensor):
        raise TypeError(f"the argument `{name}` must be a tensor")
    return value


def _joined(outputs: list[Tensor], count: int, size: int) -> Tensor:
    for output in outputs:
        if not isinstance(output, Tensor):
            raise TypeError(f"forward returned {type(output).__name__}, wanted a tensor")
    rows = sum(len(output) for output in outputs)
    if rows != count:
        raise ValueError(f"forward returned {rows} rows for {count} images in batches of {size}")
    return torch.cat(outputs)


def _number(loss: object) -> float:
    if isinstance(loss, (int, float)):
        return float(loss)
    if isinstance(loss, Tensor) and loss.numel() == 1:
        return float(loss.detach())
    raise TypeError(f"the loss is {type(loss).__name__}, wanted one number")
