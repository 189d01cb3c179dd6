"""The trusted half of a batch: calls as they cross the wire, and what the oracle answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import torch

from grader.compare import Asked, Check, CheckKind, difference
from grader.observe import from_wire, observe, to_wire
from grader.protocol import Likely, Observation, Unsendable, Value, prepare
from grader.runner.cases import Case
from grader.steps import inside

__all__ = [
    "Call",
    "Literal",
    "ask_oracle",
    "call_arguments",
    "keep_nothing",
    "live_call",
    "wire_call",
    "wire_cases",
]

Call: TypeAlias = tuple[list[Value], dict[str, Value]]


def keep_nothing(value: object) -> Unsendable:
    """Our side holds no objects for anyone: what has no place on the wire is named only."""
    return Unsendable(type_name=type(value).__name__)


def wire_call(one: Case) -> Call:
    """A case as values of the wire."""
    return (
        [to_wire(value, keep_nothing) for value in one.arguments],
        {name: to_wire(value, keep_nothing) for name, value in one.options.items()},
    )


def ask_oracle(
    function: str,
    check: Check,
    cases: Sequence[Case],
    oracle: Callable[..., Any] | None,
    magnitude: Callable[..., torch.Tensor] | None,
    seed: int,
    harness: str = "",
) -> Asked:
    """What one verb of a hidden test asks; the oracle, if there is one, answers right here.

    Args:
        function: its name.
        check: what will be looked at.
        cases: the calls.
        oracle: None where no answer is compared: refusals and arguments.
        magnitude: see FunctionProxy.agrees_with.
        seed: of the weights by which gradients are taken.
        harness: what function and oracle are put into; "" for neither.

    Raises:
        RuntimeError: the oracle raised; such calls belong in `rejects`.
    """
    calls = [wire_call(one) for one in cases]
    if harness and oracle is not None:
        oracle = inside(harness, oracle)
    expected = [_expected(oracle, call, check, seed) for call in calls]
    magnitudes = [None if magnitude is None else _magnitude(magnitude, call) for call in calls]
    return Asked(
        function=function,
        check=check,
        calls=calls,
        expected=expected,
        magnitudes=magnitudes,
        harness=harness,
        seed=seed,
        sent=prepare(wire_cases(calls)),
        likely=[_likely(*pair, check) for pair in zip(expected, magnitudes, strict=True)],
    )


@dataclass(frozen=True, slots=True)
class Literal:
    """An oracle that answers the same whatever it is asked."""

    value: Any

    def __call__(self, *_arguments: Any, **_options: Any) -> Any:
        return self.value


def _likely(
    expected: Observation | None, magnitude: torch.Tensor | None, check: Check
) -> Likely | None:
    """The oracle's answer as a right one, unless the check refuses even its copy."""
    if expected is None:
        return None
    copy = replace(expected)
    is_right = difference(expected, copy, check, magnitude=magnitude) is None
    return Likely.of(expected) if is_right else None


def wire_cases(calls: Sequence[Call]) -> Value:
    """Calls as a request to a worker holds them."""
    return [[positional, dict(named.items())] for positional, named in calls]


def call_arguments(asked: Asked, seed: int, reset: bool) -> dict[str, Value]:
    """A batch as a request to call its function; `reset` begins with fresh generators."""
    return {
        "function": asked.function,
        "harness": asked.harness,
        "cases": wire_cases(asked.calls) if asked.sent is None else asked.sent,
        "seed": seed,
        "gradient": asked.check.kind is CheckKind.GRADIENTS,
        "watch": asked.check.kind is CheckKind.ARGUMENTS,
        "reset": reset,
    }


def _expected(
    oracle: Callable[..., Any] | None, call: Call, check: Check, seed: int
) -> Observation | None:
    if oracle is None:
        return None
    # a literal needs no arguments; building a model and its optimiser for nothing takes seconds
    arguments, options = ([], {}) if isinstance(oracle, Literal) else live_call(call)
    observed = observe(
        oracle,
        arguments,
        options,
        gradient=check.kind is CheckKind.GRADIENTS,
        seed=seed,
        keep=keep_nothing,
    )
    if observed.raised is not None:
        raise RuntimeError(
            f"the oracle raised {observed.raised.type_name}: {observed.raised.text}; "
            "calls that must raise belong in rejects()"
        )
    return observed


def live_call(call: Call) -> tuple[list[Any], dict[str, Any]]:
    """Fresh arguments and options for a call of ours; recipes named alike are one object."""
    arguments, options = call
    named: Value = dict(options.items())
    fresh: tuple[list[Any], dict[str, Any]] = from_wire((arguments, named), recipes=True)
    return fresh


def _magnitude(magnitude: Callable[..., torch.Tensor], call: Call) -> torch.Tensor:
    arguments, options = live_call(call)
    return torch.as_tensor(magnitude(*arguments, **options)).detach()
