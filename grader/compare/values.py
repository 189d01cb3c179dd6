"""Whether two values agree: numbers, arrays, and what is made of them; the first difference.

Written so that nan and missing parts lose: agreement has to be shown. Values are compared in
float64 (complex128 for complex, exactly for integers); nan equals nan, infinities equal
themselves, the sign of zero does not count.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import torch

from grader.compare.checks import Comparison, Difference
from grader.compare.kinds import kind_of, type_difference
from grader.messages import plural, say
from grader.model import Facet
from grader.observe import from_wire
from grader.protocol import ArrayValue, Value

__all__ = ["array_difference", "tensor_of", "value_difference"]

MAX_MAGNITUDE = 1e6


def value_difference(expected: Value, got: Value, comparison: Comparison) -> Difference | None:
    """The first facet in which a result differs, nested as it may be; or None."""
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
    return type_difference(expected, got)


def _array_like(expected: ArrayValue, got: Value, comparison: Comparison) -> Difference | None:
    if isinstance(got, (bool, int, float, complex)) and not expected.shape:
        wanted = say("kind.tensor.0")
        comparison.notes.append(say("tolerated.kind", got=kind_of(got), wanted=wanted))
        return _numbers(got, expected, comparison)
    if not isinstance(got, ArrayValue):
        return type_difference(expected, got)
    if got.kind != expected.kind:
        comparison.notes.append(say("tolerated.kind", got=kind_of(got), wanted=kind_of(expected)))
    return array_difference(expected, got, comparison)


def array_difference(
    expected: ArrayValue, got: ArrayValue, comparison: Comparison, *, only_finite: bool = False
) -> Difference | None:
    """The same for two arrays: shape, then values; another dtype is noted and tolerated.

    Args:
        expected, got: arrays or tensors.
        comparison: the rule; gets the notes.
        only_finite: where `expected` is not finite, anything agrees.
    """
    if expected.shape != got.shape:
        return Difference(
            facet=Facet.SHAPE,
            sentence=say("differs.shape", got=got.shape, wanted=expected.shape),
        )
    if expected.dtype != got.dtype:
        comparison.notes.append(say("tolerated.dtype", got=got.dtype, wanted=expected.dtype))
    if _is_plainly_close(expected, got, comparison):
        return None
    agrees = _agrees(tensor_of(expected), tensor_of(got), comparison, only_finite=only_finite)
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


def tensor_of(value: ArrayValue) -> torch.Tensor:
    """A tensor or numpy value as a tensor of the same shape and dtype, without gradient.

    Raises:
        FrameError: neither torch nor numpy can make such an array.
    """
    live: Any = from_wire(value)
    if not isinstance(live, torch.Tensor):
        live = torch.as_tensor(np.asarray(live))  # torch takes no numpy.uint64 as it is
    tensor: torch.Tensor = live.detach()
    return tensor


def _is_plainly_close(expected: ArrayValue, got: ArrayValue, comparison: Comparison) -> bool:
    """Whether all values are finite and within the tolerance alone, as most answers are.

    A quick look at the buffers as they came. False proves nothing: `_agrees` has the last word.
    """
    check = comparison.check
    is_alike = (expected.dtype, expected.strides) == (got.dtype, got.strides)
    if not is_alike or check.exact or expected.dtype not in ("float32", "float64"):
        return False
    left, right = _elements(expected), _elements(got)
    with np.errstate(all="ignore"):
        is_close = np.abs(left - right) <= check.atol + check.rtol * np.abs(left)
        return bool(is_close.all() and np.isfinite(left).all())


def _elements(value: ArrayValue) -> np.ndarray[Any, np.dtype[np.float64]]:
    """All that is in the buffer of an array of floats, in float64."""
    return np.frombuffer(value.buffer, value.dtype).astype(np.float64)


def _agrees(
    expected: torch.Tensor, got: torch.Tensor, comparison: Comparison, *, only_finite: bool
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


def _numbers(expected: Value, got: Value, comparison: Comparison) -> Difference | None:
    left, right = _plain_number(expected), _plain_number(got)
    if left is None or right is None:
        return type_difference(expected, got)
    if (
        isinstance(got, ArrayValue)
        and got.kind != "scalar"
        and not isinstance(expected, ArrayValue)
    ):
        comparison.notes.append(say("tolerated.kind", got=kind_of(got), wanted=kind_of(expected)))
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
        number: bool | int | float | complex = tensor_of(value).reshape(()).item()
        return number
    return None


def _sequences(
    expected: list[Value] | tuple[Value, ...], got: Value, comparison: Comparison
) -> Difference | None:
    if not isinstance(got, (list, tuple)):
        return type_difference(expected, got)
    if type(got) is not type(expected):
        comparison.notes.append(say("tolerated.kind", got=kind_of(got), wanted=kind_of(expected)))
    if len(got) != len(expected):
        return Difference(
            facet=Facet.SHAPE,
            sentence=say("differs.length", got=len(got), wanted=len(expected)),
        )
    for place, (left, right) in enumerate(zip(expected, got, strict=True)):
        found = value_difference(left, right, comparison)
        if found is not None:
            at = (place, *(found.at or ()))
            said = say(
                "differs.at.place", place=place + 1, total=len(expected), sentence=found.sentence
            )
            return Difference(facet=found.facet, sentence=said, at=at)
    return None


def _mappings(
    expected: dict[Value, Value], got: Value, comparison: Comparison
) -> Difference | None:
    if not isinstance(got, dict):
        return type_difference(expected, got)
    if expected.keys() != got.keys():
        return Difference(facet=Facet.SHAPE, sentence=say("differs.keys"))
    for key, value in expected.items():
        found = value_difference(value, got[key], comparison)
        if found is not None:
            said = say("differs.at.key", key=repr(key), sentence=found.sentence)
            return Difference(facet=found.facet, sentence=said)
    return None
