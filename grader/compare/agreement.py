"""Whether an observed call agrees with the oracle's, facet by facet; the first facet that differs.

Comparisons are written so that nan and missing answers lose: agreement has to be shown. Values
are compared in float64 (complex128 for complex, exactly for integers); nan equals nan, infinities
equal themselves, the sign of zero does not count.
"""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

import torch

from grader.compare.describing import clean
from grader.errors import FrameError
from grader.messages import plural, say
from grader.model import Facet
from grader.observe import from_wire
from grader.protocol import ArrayValue, Handle, Observation, Raised, Unsendable, Value

__all__ = ["Check", "CheckKind", "Difference", "difference"]

ACCEPTED_ERRORS = frozenset(
    {"ValueError", "TypeError", "IndexError", "RuntimeError", "AssertionError"}
    | {"ZeroDivisionError"}
)
"""Any of these refuses bad input; what counts is that no wrong number comes back silently."""
NEVER_A_REFUSAL = frozenset(
    {"NameError", "AttributeError", "UnboundLocalError", "NotImplementedError", "RecursionError"}
    | {"SystemExit", "KeyboardInterrupt", "MemoryError"}
)
MAX_MAGNITUDE = 1e6


class CheckKind(enum.StrEnum):
    """What a batch of calls is looked at for; each has its own verb in the hidden tests."""

    VALUES = "values"
    TYPES = "types"
    GRADIENTS = "gradients"
    ARGUMENTS = "arguments"
    REFUSALS = "refusals"
    DIRECT = "direct"  # nothing: the test looks at the answer itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How to compare. `magnitude`: per element of the result, the largest input it depends on."""

    kind: CheckKind = CheckKind.VALUES
    rtol: float = 1e-5
    atol: float = 1e-6
    exact: bool = False
    documented: str = "ValueError"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first facet in which a call differs, in words, and where."""

    facet: Facet
    sentence: str
    at: tuple[int, ...] | None = None


@dataclass(slots=True)
class _Comparison:
    """One comparison under way: the rule, and the notes that it leaves."""

    check: Check
    magnitude: torch.Tensor | None
    notes: list[str]


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
    comparison = _Comparison(check, magnitude, [] if notes is None else notes)
    try:
        return _difference(expected, got, comparison)
    except FrameError:  # sizes that fit into a frame, and into no array of torch's or numpy's
        return Difference(facet=Facet.TYPE, sentence=say("differs.no array"))


def _difference(
    expected: Observation, got: Observation, comparison: _Comparison
) -> Difference | None:
    match comparison.check.kind:
        case CheckKind.REFUSALS:
            return _refusal(got, comparison)
        case CheckKind.ARGUMENTS:
            return _arguments(got)
        case CheckKind.GRADIENTS:
            return _raised(got) or _gradients(expected, got, comparison)
        case CheckKind.TYPES:
            return _raised(got) or _types(expected.result, got.result)
        case CheckKind.VALUES:
            return _raised(got) or _values(expected.result, got.result, comparison)
        case CheckKind.DIRECT:
            return None


def _raised(got: Observation) -> Difference | None:
    if got.raised is None:
        return None
    sentence = say("differs.raised", error=_name(got.raised))
    return Difference(facet=Facet.EXCEPTION, sentence=sentence)


def _name(raised: Raised) -> str:
    name = raised.type_name or (raised.classes[0] if raised.classes else "an exception")
    return clean(f"{name}: {raised.text}" if raised.text else name)


def _refusal(got: Observation, comparison: _Comparison) -> Difference | None:
    if got.raised is None:
        return Difference(
            facet=Facet.NO_EXCEPTION,
            sentence=say("differs.no error", documented=comparison.check.documented),
        )
    classes = set(got.raised.classes)
    # the nearest built-in class decides: NotImplementedError is a RuntimeError too
    if classes & NEVER_A_REFUSAL or not classes & ACCEPTED_ERRORS or _is_arity(got.raised):
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
    expected: Observation, got: Observation, comparison: _Comparison
) -> Difference | None:
    wanted, answered = expected.gradients or (), got.gradients or ()
    if len(wanted) != len(answered):
        return Difference(facet=Facet.GRADIENT, sentence=say("differs.no gradient"))
    for reference, gradient in zip(wanted, answered, strict=True):
        if reference is None:
            continue
        if gradient is None:
            return Difference(facet=Facet.GRADIENT, sentence=say("differs.cut off"))
        found = _arrays(reference, gradient, comparison, only_finite=True)
        if found is not None:
            sentence = say("differs.gradient")
            return Difference(facet=Facet.GRADIENT, sentence=sentence, at=found.at)
    return None


def _types(expected: Value, got: Value) -> Difference | None:
    """Type and dtype. A list for a tuple and numpy's numbers for Python's are tolerated."""
    match expected, got:
        case (list() | tuple(), list() | tuple()) if len(expected) == len(got):
            pairs = zip(expected, got, strict=True)
            return next((d for e, g in pairs if (d := _types(e, g)) is not None), None)
        case ArrayValue(), ArrayValue() if got.kind != "scalar":
            if expected.dtype == got.dtype:
                return None
            return Difference(
                facet=Facet.DTYPE,
                sentence=say("differs.dtype", got=got.dtype, wanted=expected.dtype),
            )
        case bool(), ArrayValue(kind="scalar", dtype="bool"):
            return None
        case int(), ArrayValue(kind="scalar") if "int" in got.dtype and type(expected) is int:
            return None
        case float(), ArrayValue(kind="scalar") if "float" in got.dtype:
            return None
        case _ if type(expected) is type(got) and not isinstance(expected, ArrayValue):
            return None
    return Difference(
        facet=Facet.TYPE,
        sentence=say("differs.type", got=_kind(got), wanted=_kind(expected)),
    )


def _kind(value: Value) -> str:
    match value:
        case None:
            return "None"
        case ArrayValue(kind="tensor"):
            dimensions = len(value.shape)
            return say("kind.tensor", n=dimensions) if dimensions else say("kind.tensor.0")
        case ArrayValue():
            is_array = value.kind == "array"
            return say("kind.array") if is_array else say("kind.number", dtype=value.dtype)
        case Handle() | Unsendable():
            return say("kind.object", name=clean(value.type_name, 200))
        case _:
            name = type(value).__name__
            return say("kind.an" if name[0] in "aeiou" else "kind.a", name=name)


def _values(expected: Value, got: Value, comparison: _Comparison) -> Difference | None:
    match expected:
        case ArrayValue() if expected == got:  # the same bytes: most answers, and soon seen
            return None
        case ArrayValue():
            return _array_like(expected, got, comparison)
        case bool() | int() | float() | complex():
            return _numbers(expected, got, comparison)
        case list() | tuple():
            return _sequences(expected, got, comparison)
        case dict():
            return _mappings(expected, got, comparison)
        case _ if type(expected) is type(got) and expected == got:
            return None
        case _ if type(expected) is type(got):
            return Difference(facet=Facet.VALUE, sentence=say("differs.value"))
    return _types(expected, got)


def _array_like(expected: ArrayValue, got: Value, comparison: _Comparison) -> Difference | None:
    if isinstance(got, (bool, int, float, complex)) and not expected.shape:
        wanted = say("kind.tensor.0")
        comparison.notes.append(say("tolerated.kind", got=_kind(got), wanted=wanted))
        return _numbers(got, expected, comparison)
    if not isinstance(got, ArrayValue):
        return _types(expected, got)
    if got.kind != expected.kind:
        comparison.notes.append(say("tolerated.kind", got=_kind(got), wanted=_kind(expected)))
    return _arrays(expected, got, comparison)


def _arrays(
    expected: ArrayValue, got: ArrayValue, comparison: _Comparison, *, only_finite: bool = False
) -> Difference | None:
    if expected.shape != got.shape:
        return Difference(
            facet=Facet.SHAPE,
            sentence=say("differs.shape", got=got.shape, wanted=expected.shape),
        )
    if expected.dtype != got.dtype:
        comparison.notes.append(say("tolerated.dtype", got=got.dtype, wanted=expected.dtype))
    agrees = _agrees(_tensor(expected), _tensor(got), comparison, only_finite=only_finite)
    if bool(agrees.all()):
        return None
    wrong = torch.nonzero(~agrees)
    return Difference(
        facet=Facet.VALUE,
        sentence=_count(len(wrong), agrees.numel()),
        at=tuple(int(index) for index in wrong[0]),
    )


def _count(wrong: int, total: int) -> str:
    if total == 1:
        return say("differs.value")
    return plural("differs.values", wrong, total=f"{total:,}")


def _tensor(value: ArrayValue) -> torch.Tensor:
    return torch.as_tensor(from_wire(value)).detach()


def _agrees(
    expected: torch.Tensor, got: torch.Tensor, comparison: _Comparison, *, only_finite: bool
) -> torch.Tensor:
    check = comparison.check
    if not (expected.is_floating_point() or expected.is_complex()):
        if not (got.is_floating_point() or got.is_complex()):
            return expected.to(torch.int64) == got.to(torch.int64)
    elif check.exact:
        wide = torch.complex128 if expected.is_complex() or got.is_complex() else torch.float64
        left, right = expected.to(wide), got.to(wide)
        return (left == right) | (left.isnan() & right.isnan())
    wide = torch.complex128 if expected.is_complex() or got.is_complex() else torch.float64
    left, right = expected.to(wide), got.to(wide)
    tolerance = check.atol + check.rtol * left.abs()
    if comparison.magnitude is not None:
        reach = comparison.magnitude.to(torch.float64).abs().clamp(max=MAX_MAGNITUDE)
        tolerance = torch.maximum(tolerance, _floor(reach, got.dtype).expand(tolerance.shape))
    # an infinite difference is within an infinite tolerance: only finite values may be close
    close = ((left - right).abs() <= tolerance) & left.isfinite() & right.isfinite()
    close |= (left == right) | (left.isnan() & right.isnan())
    return close | ~left.isfinite() if only_finite else close


def _floor(reach: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
    """What rounding of inputs of that size may cost: 4 eps of them, eps of float32 at least."""
    eps = torch.finfo(dtype if dtype.is_floating_point else torch.float32).eps
    return 4 * max(eps, torch.finfo(torch.float32).eps) * reach


def _numbers(expected: Value, got: Value, comparison: _Comparison) -> Difference | None:
    left, right = _plain_number(expected), _plain_number(got)
    if left is None or right is None:
        return _types(expected, got)
    if (
        isinstance(got, ArrayValue)
        and got.kind != "scalar"
        and not isinstance(expected, ArrayValue)
    ):
        comparison.notes.append(say("tolerated.kind", got=_kind(got), wanted=_kind(expected)))
    if isinstance(left, (bool, int)) and isinstance(right, (bool, int)):
        agrees = left == right
    else:
        agrees = bool(
            _agrees(_wide(left), _wide(right), comparison, only_finite=False)
            if not isinstance(left, int)
            else _rounded(left) == _rounded(right)
        )
    return None if agrees else Difference(facet=Facet.VALUE, sentence=say("differs.value"))


def _wide(number: float | complex) -> torch.Tensor:
    if isinstance(number, complex):
        return torch.tensor(number, dtype=torch.complex128)
    return torch.tensor(_rounded(number).real, dtype=torch.float64)


def _rounded(number: float | complex) -> complex:
    """As floating point has it: a whole number beyond its range is infinite."""
    try:
        return complex(number)
    except OverflowError:
        return complex(math.inf if isinstance(number, int) and number > 0 else -math.inf)


def _plain_number(value: Value) -> bool | int | float | complex | None:
    if isinstance(value, (bool, int, float, complex)):
        return value
    if isinstance(value, ArrayValue) and value.elements == 1 and len(value.shape) <= 1:
        number: bool | int | float | complex = _tensor(value).reshape(()).item()
        return number
    return None


def _sequences(
    expected: list[Value] | tuple[Value, ...], got: Value, comparison: _Comparison
) -> Difference | None:
    if not isinstance(got, (list, tuple)):
        return _types(expected, got)
    if type(got) is not type(expected):
        comparison.notes.append(say("tolerated.kind", got=_kind(got), wanted=_kind(expected)))
    if len(got) != len(expected):
        return Difference(
            facet=Facet.SHAPE,
            sentence=say("differs.length", got=len(got), wanted=len(expected)),
        )
    for place, (left, right) in enumerate(zip(expected, got, strict=True)):
        found = _values(left, right, comparison)
        if found is not None:
            at = (place, *(found.at or ()))
            said = say(
                "differs.at.place", place=place + 1, total=len(expected), sentence=found.sentence
            )
            return Difference(facet=found.facet, sentence=said, at=at)
    return None


def _mappings(
    expected: dict[Value, Value], got: Value, comparison: _Comparison
) -> Difference | None:
    if not isinstance(got, dict):
        return _types(expected, got)
    if expected.keys() != got.keys():
        return Difference(facet=Facet.SHAPE, sentence=say("differs.keys"))
    for key, value in expected.items():
        found = _values(value, got[key], comparison)
        if found is not None:
            said = say("differs.at.key", key=repr(key), sentence=found.sentence)
            return Difference(facet=found.facet, sentence=said)
    return None
