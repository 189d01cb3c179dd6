"""Whether an observed call agrees with the oracle's, facet by facet: the first that differs."""

from __future__ import annotations

import re
from dataclasses import replace

import torch

from grader.compare.checks import Check, CheckKind, Comparison, Difference
from grader.compare.describing import clean
from grader.compare.kinds import type_difference
from grader.compare.values import array_difference, value_difference
from grader.errors import FrameError
from grader.messages import say
from grader.model import Facet
from grader.protocol import Observation, Raised

__all__ = ["difference"]

ACCEPTED_ERRORS = frozenset(
    {"ValueError", "TypeError", "IndexError", "RuntimeError", "AssertionError"}
    | {"ZeroDivisionError"}
)
"""Any of these refuses bad input, and a plain Exception, which only a `raise` of one's own gives;
what counts is that no wrong number comes back silently."""
NEVER_A_REFUSAL = frozenset(
    {"NameError", "AttributeError", "UnboundLocalError", "NotImplementedError", "RecursionError"}
    | {"SystemExit", "KeyboardInterrupt", "MemoryError"}
)

_MISFIT = re.compile(r"\bargument|\btakes .* positional")


def difference(
    expected: Observation,
    got: Observation,
    check: Check,
    *,
    magnitude: torch.Tensor | None = None,
    notes: list[str] | None = None,
) -> Difference | None:
    """The first facet in which `got` differs from `expected`, or None.

    Args:
        expected: what the oracle did; must not have raised.
        got: what the submission did; agrees if it is `expected` itself.
        check: which facets count, and the tolerance.
        magnitude: broadcastable to the result, see `Check`; raises `atol` to 4 eps of it.
        notes: sentences about differences that are tolerated are appended here.
    """
    if got is expected:  # it came byte for byte: see grader.protocol.Likely
        return None
    comparison = Comparison(check, magnitude, [] if notes is None else notes)
    try:
        return _difference(expected, got, comparison)
    except FrameError:  # sizes that fit into a frame, and into no array of torch's or numpy's
        return Difference(facet=Facet.TYPE, sentence=say("differs.no array"))


def _difference(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    match comparison.check.kind:
        case CheckKind.REFUSALS:
            return _refusal(got, comparison)
        case CheckKind.ARGUMENTS:
            return _arguments(got)
        case CheckKind.GRADIENTS:
            return _raised_for_gradients(got) or _gradients(expected, got, comparison)
        case CheckKind.TYPES:
            return _raised(got) or type_difference(expected.result, got.result)
        case CheckKind.VALUES:
            return _raised(got) or value_difference(expected.result, got.result, comparison)
        case CheckKind.DIRECT:
            return None


def _raised(got: Observation) -> Difference | None:
    if got.raised is None:
        return None
    sentence = say("differs.raised", error=_name(got.raised).rstrip("."))
    if _is_arity(got.raised) and _MISFIT.search(got.raised.text):
        sentence = f"{sentence} {say('differs.signature')}"
    return Difference(facet=Facet.EXCEPTION, sentence=sentence)


def _raised_for_gradients(got: Observation) -> Difference | None:
    """The same; torch's own advice, to detach, would end the gradient."""
    found = _raised(got)
    if found is None or got.raised is None or "requires grad" not in got.raised.text:
        return found
    return replace(found, sentence=f"{found.sentence} {say('differs.detached')}")


def _name(raised: Raised) -> str:
    name = raised.type_name or (raised.classes[0] if raised.classes else "an exception")
    return clean(f"{name}: {raised.text}" if raised.text else name)


def _refusal(got: Observation, comparison: Comparison) -> Difference | None:
    if got.raised is None:
        return Difference(
            facet=Facet.NO_EXCEPTION,
            sentence=say("differs.no error", documented=comparison.check.documented),
        )
    classes = set(got.raised.classes)
    is_check = bool(classes & ACCEPTED_ERRORS) or got.raised.type_name == "Exception"
    # the nearest built-in class decides: NotImplementedError is a RuntimeError too
    if classes & NEVER_A_REFUSAL or not is_check or _is_arity(got.raised):
        return Difference(
            facet=Facet.EXCEPTION,
            sentence=say("differs.other error", error=_name(got.raised)),
        )
    if comparison.check.documented not in classes:
        name = clean(got.raised.type_name, 100)
        documented = comparison.check.documented
        comparison.notes.append(say("tolerated.error", got=name, documented=documented))
    return None


def _is_arity(raised: Raised) -> bool:
    """A TypeError of the call itself: the arguments did not fit the signature."""
    return "TypeError" in raised.classes and raised.line is None


def _arguments(got: Observation) -> Difference | None:
    if got.raised is not None:
        return _raised(got)
    if not got.changed:
        return None
    names = clean(" and ".join(got.changed))
    return Difference(facet=Facet.MUTATION, sentence=say("differs.wrote", names=names))


def _gradients(
    expected: Observation, got: Observation, comparison: Comparison
) -> Difference | None:
    wanted, answered = expected.gradients or (), got.gradients or ()
    if len(wanted) != len(answered):
        return Difference(facet=Facet.GRADIENT, sentence=say("differs.no gradient"))
    for leaf, (reference, gradient) in enumerate(zip(wanted, answered, strict=True)):
        if reference is None:
            continue
        if gradient is None:
            return _wrong_gradient("differs.cut off", leaf, None)
        found = array_difference(reference, gradient, comparison, only_finite=True)
        if found is not None:
            return _wrong_gradient("differs.gradient", leaf, found.at)
    return None


def _wrong_gradient(key: str, leaf: int, at: tuple[int, ...] | None) -> Difference:
    """Of an argument that has no name here."""
    sentence = say(key, name=f"x{leaf or ''}")
    return Difference(facet=Facet.GRADIENT, sentence=sentence, at=at, leaf=leaf)
