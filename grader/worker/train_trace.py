"""Which torch operations a model's forward runs, below all Python that may have been patched.

The reply to `trace`, report only:
    {"operations": {name: count}, "training_operations": {name: count},
     "first_input", "training_first_input": [mean, std, least, largest] of what the first layer
     sees in eval and in train mode, or None,
     "macs": multiplications for one image,
     "outside": see train_outside,
     "preprocess": "random" if it changes the same images in another way each time, "batch" if what
     an image becomes depends on the others, else ""}
"""

from __future__ import annotations

import contextlib
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from grader.protocol import Value
from grader.worker.train_outside import count_outside
from grader.worker.train_plan import Plan

__all__ = ["Trace", "trace", "traced"]

_INPUT_AT = {"aten::convolution": 0, "aten::mkldnn_convolution": 0, "aten::addmm": 1, "aten::mm": 0}
_RECTIFIERS = ("aten::relu", "aten::relu_", "aten::clamp_min", "aten::threshold", "aten::clamp")


class Trace(TorchDispatchMode):  # type: ignore[no-untyped-call]  # torch has no types for it
    """Counts operations, multiplications and, per rectifier, channels that never fire."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # likewise
        self.counts: Counter[str] = Counter()
        self.first_input: list[float] | None = None
        self.macs = 0
        self.rectified: list[tuple[int, int]] = []  # channels, those always 0

    def __torch_dispatch__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        out = func(*args, **(kwargs or {}))
        name = func._schema.name
        self.counts[name] += 1
        if name in _INPUT_AT:
            self._weighted(name, args, out)
        elif name in _RECTIFIERS and isinstance(out, Tensor) and out.ndim >= 2:
            dead = (out == 0).transpose(0, 1).flatten(1).all(1)
            self.rectified.append((len(dead), int(dead.sum())))
        return out

    def _weighted(self, name: str, args: tuple[Any, ...], out: Tensor) -> None:
        seen = args[_INPUT_AT[name]]
        if self.first_input is None:
            self.first_input = [
                float(number) for number in (seen.mean(), seen.std(), seen.min(), seen.max())
            ]
        if "conv" in name:
            self.macs += out.numel() * math.prod(args[1].shape[1:])
        else:
            self.macs += out.numel() * seen.shape[1]


@contextlib.contextmanager
def traced() -> Iterator[Trace]:
    """Trace what runs within the body."""
    with Trace() as found:
        yield found


def trace(plan: Plan, images: Tensor) -> Value:
    """Run forward in both modes; the model's state is as before afterwards."""
    model = plan.model
    before = {name: value.clone() for name, value in model.state_dict().items()}
    generator = torch.random.get_rng_state()
    found: list[Trace] = []
    for training in (False, True):
        model.train(training)
        with torch.no_grad(), traced() as one:
            plan.forward(images)
        found.append(one)
    outside, habit = count_outside(plan, images), _habit(plan.preprocess, images)
    model.load_state_dict(before)
    torch.random.set_rng_state(generator)
    quiet, training_one = found
    return {
        "operations": dict(quiet.counts.items()),
        "training_operations": dict(training_one.counts.items()),
        "first_input": None if quiet.first_input is None else list(quiet.first_input),
        "training_first_input": (
            None if training_one.first_input is None else list(training_one.first_input)
        ),
        "macs": quiet.macs // len(images),
        "outside": outside,
        "preprocess": habit,
    }


def _habit(preprocess: Callable[[Tensor], Tensor], images: Tensor) -> str:
    """Each call gets images of its own, which it may change."""
    one, again = preprocess(images.clone()), preprocess(images.clone())
    few = preprocess(images[:3].clone())
    if not all(isinstance(made, Tensor) for made in (one, again, few)):
        return ""
    if not _is_same(one, again):
        return "random"
    return "" if _is_same(one[:3], few) else "batch"


def _is_same(one: Tensor, other: Tensor) -> bool:
    is_close = one.shape == other.shape and torch.allclose(
        one, other, rtol=1e-3, atol=1e-4, equal_nan=True
    )
    return bool(is_close)
