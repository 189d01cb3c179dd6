"""One call of one function, seen from outside: its result or exception, gradients, side effects.

Both sides use it: the worker for the student's function, the trusted side for the oracle, so that
weights, copies and wire values are made in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import torch

from grader.observe.arrays import tensor_to_wire
from grader.observe.raised import describe_exception
from grader.observe.wire import Keep, Writer, refuse
from grader.protocol import ArrayValue, Bounds, Observation

__all__ = ["observe", "result_weights"]

_BOUNDS = Bounds()  # what one frame may hold; a larger result is an Unsendable
_MUTABLE = (torch.Tensor, np.ndarray, list, dict, tuple)


def observe(
    function: Callable[..., object],
    args: Sequence[Any],
    kwargs: dict[str, Any],
    *,
    gradient: bool = False,
    watch: bool = False,
    seed: int = 0,
    keep: Keep = refuse,
    root: str = "",
) -> Observation:
    """Call `function` once and tell what it did.

    Args:
        function: the student's function, or the oracle.
        args, kwargs: live values that nobody else uses; they may be written into.
        gradient: make floating-point tensor arguments require grad, and give the gradient of a
            weighted sum of all floating-point tensors in the result.
        watch: look whether the call writes into its arguments.
        seed: of those weights, which depend on nothing else but the shapes of the result.
        keep: what becomes of a result that has no plain form.
        root: folder of the student's files, for the place of an exception.
    """
    leaves: list[torch.Tensor] = []
    if gradient:
        args = [_requiring_grad(value, leaves) for value in args]
        kwargs = {name: _requiring_grad(value, leaves) for name, value in kwargs.items()}
    watched = _mutable(args, kwargs) if watch else ()
    before = [(name, value, _copy(value)) for name, value in watched]
    writer = Writer(keep, _BOUNDS)
    # Blanket, here alone: whatever the student's code raises is an answer, not our failure.
    # SystemExit and KeyboardInterrupt too, since `sys.exit()` in a function must cost that call
    # and not the calls after it.
    try:
        result = function(*args, **kwargs)
        sent = writer.write(result)
        gradients = _gradients(result, leaves, seed) if gradient else None
        changed = tuple(name for name, value, copy in before if not _same(value, copy))
    except BaseException as error:
        return Observation(result=describe_exception(error, root))
    return Observation(result=sent, gradients=gradients, changed=changed)


def _requiring_grad(value: Any, leaves: list[torch.Tensor]) -> Any:
    """The value with each floating-point tensor replaced by a leaf on the same memory."""
    if type(value) is torch.Tensor and value.dtype.is_floating_point:
        leaf = value.detach().requires_grad_()
        leaves.append(leaf)
        return leaf
    if type(value) in (list, tuple):
        return type(value)(_requiring_grad(item, leaves) for item in value)
    if type(value) is dict:
        return {key: _requiring_grad(item, leaves) for key, item in value.items()}
    return value


def _gradients(result: Any, leaves: list[torch.Tensor], seed: int) -> tuple[ArrayValue | None, ...]:
    outputs = list(_floating_tensors(result))
    generator = torch.Generator().manual_seed(seed)
    total: torch.Tensor | None = None
    for output in outputs:
        # Drawn for every output, so that one without a graph does not shift the others' weights.
        weights = result_weights(output.shape, generator)
        if output.requires_grad:
            part = (output * weights.to(output)).sum().to(torch.float64)
            total = part if total is None else total + part
    if total is None or not leaves:
        return (None,) * len(leaves)
    return tuple(map(_sent_gradient, torch.autograd.grad(total, leaves, allow_unused=True)))


def result_weights(shape: Sequence[int], generator: torch.Generator) -> torch.Tensor:
    """One weight from [0.5, 1.5) for each element of a tensor in the result, as float64."""
    return 0.5 + torch.rand(tuple(shape), generator=generator, dtype=torch.float64)


def _sent_gradient(gradient: torch.Tensor | None) -> ArrayValue | None:
    if gradient is None:
        return None
    array = tensor_to_wire(gradient)
    return array if isinstance(array, ArrayValue) else None


def _floating_tensors(value: Any, depth: int = 0) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        if value.is_floating_point():
            yield value
    elif depth < 8 and isinstance(value, (list, tuple)):
        for item in value:
            yield from _floating_tensors(item, depth + 1)
    elif depth < 8 and isinstance(value, dict):
        for item in value.values():
            yield from _floating_tensors(item, depth + 1)


def _mutable(args: Sequence[Any], kwargs: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The arguments that a call could write into, by the name that a reader knows them by."""
    for number, value in enumerate(args, 1):
        if type(value) in _MUTABLE:
            yield f"argument {number}", value
    for name, value in kwargs.items():
        if type(value) in _MUTABLE:
            yield name, value


def _copy(value: Any) -> Any:
    if type(value) is torch.Tensor:
        return value.detach().clone()
    if type(value) is np.ndarray:
        return value.copy()
    if type(value) in (list, tuple):
        return type(value)(map(_copy, value))
    if type(value) is dict:
        return {key: _copy(item) for key, item in value.items()}
    return value


def _same(value: Any, copy: Any) -> bool:
    if type(value) is not type(copy):
        return False
    if type(value) is torch.Tensor:
        return _same_tensor(value.detach(), copy)
    if type(value) is np.ndarray:
        return value.dtype == copy.dtype and np.array_equal(
            value, copy, equal_nan=value.dtype.kind in "fc"
        )
    if type(value) in (list, tuple):
        return len(value) == len(copy) and all(map(_same, value, copy))
    if type(value) is dict:
        return list(value) == list(copy) and all(map(_same, value.values(), copy.values()))
    return value is copy or bool(value == copy)


def _same_tensor(value: torch.Tensor, copy: torch.Tensor) -> bool:
    if value.dtype != copy.dtype or value.shape != copy.shape:
        return False
    if torch.equal(value, copy):
        return True
    return bool(((value == copy) | (value.isnan() & copy.isnan())).all())
