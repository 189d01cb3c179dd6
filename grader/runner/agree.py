"""Compares the results of direct calls, `submission.f(x)`, where a test needs more than a verb."""

from __future__ import annotations

from typing import Any

from grader.compare import Check, describe, difference
from grader.model import Mismatch
from grader.observe import to_wire
from grader.protocol import Observation
from grader.runner.asking import keep_nothing
from grader.runner.judging import MismatchError

__all__ = ["agree"]


def agree(
    got: Any,
    expected: Any,
    *,
    call: str,
    rtol: float = 1e-5,
    atol: float = 1e-6,
    exact: bool = False,
) -> None:
    """Pass if `got` equals `expected`, with the rules of `agrees_with`.

    Args:
        got: what a direct call returned.
        expected: our own value.
        call: what the student is shown as the call, e.g. "make_layer(2)(x)".
        rtol, atol, exact: as in `agrees_with`.

    Raises:
        MismatchError: it does not.
    """
    wanted, answered = (Observation(result=to_wire(v, keep_nothing)) for v in (expected, got))
    found = difference(wanted, answered, Check(rtol=rtol, atol=atol, exact=exact))
    if found is not None:
        raise MismatchError(
            Mismatch(
                facet=found.facet,
                sentence=found.sentence,
                call=call,
                expected=describe(wanted.result, found.at),
                got=describe(answered.result, found.at),
                at=found.at,
            )
        )
