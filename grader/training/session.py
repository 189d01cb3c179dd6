"""A training run's conversation with its worker: requests out, checked values back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from grader.catalog import Exercise
from grader.config import TrainingSettings
from grader.data import Images
from grader.messages import say
from grader.model import FunctionState, Submission, Verdict
from grader.observe import to_wire
from grader.protocol import Operation, Raised, Value
from grader.sandbox import Box, BoxFailed, Sandbox
from grader.training.processor import is_half_used_by_mkl
from grader.training.replies import (
    Found,
    Plan,
    Steps,
    TrainingFailed,
    in_words,
    no_answer,
    read_found,
    read_plan,
    read_report,
    read_tensor,
    shortened,
)

__all__ = ["CONTRACT", "Session"]

CONTRACT = (
    "MnistCNN",
    "build_model",
    "make_optimizer",
    "EPOCHS",
    "BATCH_SIZE",
    "preprocess",
    "criterion",
    "train_step",
    "train",
)
_SHORT_SECONDS = 60.0  # for what is no training: building, a batch of outputs
_NAMED = ("preprocess", "forward", "criterion", "make_optimizer", "train_step")


class Session:
    """One box for one training run; a context manager.

    Args:
        sandbox: where the submission runs.
        exercise: for its limits and its name.
        settings: of its training.
        submission: what was handed in.
        classes: how many outputs an image has.
        device: "cpu", "cuda" or "mps".
    """

    def __init__(
        self,
        sandbox: Sandbox,
        exercise: Exercise,
        settings: TrainingSettings,
        submission: Submission,
        *,
        classes: int,
        device: str,
    ) -> None:
        self._slug = exercise.slug
        self._files: Value = {str(path): data for path, data in submission.files.items()}
        self._load_seconds = exercise.limits.wall_seconds
        limits = replace(
            exercise.limits,
            cpu_seconds=settings.wall_seconds,
            wall_seconds=settings.wall_seconds,
            memory_bytes=settings.memory_bytes,
            output_bytes=settings.output_bytes,
        )
        profile = "train-cuda" if device == "cuda" else "train"
        self.box: Box = sandbox.spawn(limits, profile)
        self.found: Mapping[str, Found] = {}
        self._classes = classes
        self._device = device
        self._settings = settings

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.box.close()

    def load(self, train: Images, public: Images) -> None:
        """Read and load the submission, with the training images at hand.

        Raises:
            TrainingFailed.
        """
        self.found = self._parse()
        self._train(
            "data",
            pixels=_wire(train.pixels),
            labels=_wire(train.labels),
            public_pixels=_wire(public.pixels),
            public_labels=_wire(public.labels),
            device=self._device,
        )
        wanted = [n for n, f in self.found.items() if f.state is FunctionState.WRITTEN or f.path]
        arguments: dict[str, Value] = {
            "files": self._files,
            "slug": self._slug,
            "functions": list(wanted),
            "seconds": self._load_seconds,
        }
        failures = self._ask(
            Operation.LOAD, arguments, say("session.what.loading"), 4 * self._load_seconds
        )
        self._take_failures(failures)

    def build(self, seed: int, *, own_step: bool, by_scores: bool = False) -> Plan:
        """A freshly made model and optimiser.

        Args:
            seed: of all generators.
            own_step: train with the submission's `train_step`.
            by_scores: otherwise with cross-entropy, unless there is a `criterion`.

        Raises:
            TrainingFailed.
        """
        reply = self._train(
            "build",
            what=say("session.what.build"),
            seed=seed,
            own_step=own_step,
            by_scores=by_scores,
            layout=self._settings.layout,
            most_images=self._settings.max_batch_size,
            by_onednn=is_half_used_by_mkl(),
        )
        return read_plan(reply)

    def steps(self, count: int, between: Callable[[], float], seconds: float) -> Steps:
        """Up to `count` steps."""
        what = say("session.what.step")
        reply = self._train("steps", what=what, seconds=seconds, between=between, count=count)
        match reply:
            case {"losses": losses, "done": bool(done)}:
                numbers = read_tensor(losses, "steps")
                return Steps(losses=tuple(numbers.double().flatten().tolist()), done=done)
        raise no_answer("steps")

    def own_train(self, between: Callable[[], float], seconds: float) -> None:
        """The submission's own `train`, to its end."""
        self._train("own_train", what=say("session.what.train"), seconds=seconds, between=between)

    def outputs(self, pixels: Any, *, batch_size: int, training: bool = False) -> Tensor:
        """What the model gives for images, float64 [N, classes].

        Raises:
            TrainingFailed: or something else than a row of numbers for each image.
        """
        reply = self._train(
            "outputs",
            what=say("session.what.forward"),
            pixels=_wire(pixels),
            batch_size=batch_size,
            training=training,
        )
        return self._rows(reply, len(pixels), "outputs")

    def loss(self, images: Images) -> tuple[Tensor, float]:
        """Outputs in train mode, float64 [N, classes], and the loss that training sees for them;
        then build again.

        Raises:
            TrainingFailed: likewise.
        """
        reply = self._train(
            "loss",
            what=say("session.what.loss"),
            pixels=_wire(images.pixels),
            labels=_wire(images.labels),
        )
        match reply:
            case {"outputs": outputs, "loss": float(loss)}:
                return self._rows(outputs, len(images), "loss"), loss
        raise no_answer("loss")

    def _rows(self, value: Value, images: int, action: str) -> Tensor:
        """Outputs as float64; each time, since a model may answer otherwise than it did before."""
        outputs = read_tensor(value, action)
        if outputs.shape != (images, self._classes):
            shape = list(outputs.shape)
            told = say("session.shape", images=images, shape=shape, classes=self._classes)
            raise TrainingFailed(Verdict.FAILED, told)
        return outputs.double()

    def parameters(self) -> dict[str, Tensor]:
        """The model's parameters as they are now."""
        reply = self._train("parameters", what=say("session.what.parameters"))
        if not isinstance(reply, dict):
            raise no_answer("parameters")
        return {str(name): read_tensor(value, "parameters") for name, value in reply.items()}

    def trace(self, pixels: Any) -> dict[str, Any]:
        """See worker.train_trace: report only."""
        return read_report(
            self._train("trace", what=say("session.what.forward"), pixels=_wire(pixels))
        )

    def inspect(self, images: Images) -> dict[str, Any]:
        """See worker.train_inspect: report only; the model is another one afterwards."""
        pixels, labels = _wire(images.pixels), _wire(images.labels)
        return read_report(
            self._train("inspect", what=say("session.what.one step"), pixels=pixels, labels=labels)
        )

    def stand_ins(self) -> list[str]:
        """Notes on what was put in the place of a GPU and the like; none if the worker is gone."""
        try:
            notes = self._train("stand_ins")
        except TrainingFailed:
            return []
        return list(map(shortened, notes)) if isinstance(notes, list) else []

    def _train(
        self,
        action: str,
        *,
        what: str = "",
        seconds: float | None = None,
        between: Callable[[], float] | None = None,
        **arguments: Value,
    ) -> Value:
        asked: dict[str, Value] = {"action": action, **arguments}
        limit = _SHORT_SECONDS if seconds is None else seconds
        return self._ask(Operation.TRAIN, asked, what or action, limit, between)

    def _ask(
        self,
        operation: Operation,
        arguments: dict[str, Value],
        what: str,
        seconds: float,
        between: Callable[[], float] | None = None,
    ) -> Value:
        try:
            reply = self.box.request(operation, arguments, seconds=seconds, between=between)
        except BoxFailed as failure:
            raise TrainingFailed(failure.verdict, failure.sentence) from None
        if isinstance(reply, Raised):
            if operation is Operation.TRAIN:
                what = self._named() or what
            told = say("session.raised", what=what, error=in_words(reply))
            raise TrainingFailed(Verdict.ERROR, told)
        return reply

    def _named(self) -> str:
        """The function that raised, as the worker tells it; for the sentence alone."""
        try:
            name = self.box.request(
                Operation.TRAIN, {"action": "doing"}, seconds=_SHORT_SECONDS, between=None
            )
        except BoxFailed:
            return ""
        return f"`{name}`" if name in _NAMED else ""

    def _parse(self) -> Mapping[str, Found]:
        arguments: dict[str, Value] = {
            "files": self._files,
            "slug": self._slug,
            "functions": list(CONTRACT),
            "forbidden": {},
            "imports": [],
        }
        reply = self._ask(
            Operation.PARSE, arguments, say("session.what.reading"), self._load_seconds
        )
        if not isinstance(reply, dict) or not isinstance(reply.get("functions"), dict):
            raise no_answer("parse")
        functions = reply["functions"]
        assert isinstance(functions, dict)
        return {name: read_found(functions.get(name)) for name in CONTRACT}

    def _take_failures(self, failures: Value) -> None:
        if not isinstance(failures, dict):
            raise no_answer("load")
        told = {
            name: say("unread.function", error=in_words(raised))
            for name, raised in failures.items()
            if isinstance(raised, Raised)
        }
        self.found = {
            name: replace(found, sentence=told[name])
            if name in told and found.state is FunctionState.WRITTEN
            else found
            for name, found in self.found.items()
        }


def _wire(array: Any) -> Value:
    return to_wire(torch.from_numpy(np.ascontiguousarray(array)))
